/// A stretch of an expression's text: UTF-8 bytes from its start, `end` not included.
package struct Span: Sendable, Hashable {
    package let start: Int32
    package let end: Int32

    /// Offsets are held at 32 bits; ``Limits`` keeps every expression far below that.
    package init(_ start: Int, _ end: Int) {
        self.start = Int32(clamping: start)
        self.end = Int32(clamping: end)
    }

    /// From the start of this one to the end of the other.
    func through(_ other: Span) -> Span { Span(Int(start), Int(other.end)) }
}
