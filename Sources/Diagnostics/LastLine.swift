/// The line of a source that was looked at last. What is wrong with a text is often on one line, and a line may be
/// long: taking it apart anew for each diagnostic would cost the square of its length.
package struct LastLine: Sendable {
    private var file = ""
    private var number = 0
    private var scalars: [Unicode.Scalar] = []

    package init() {}

    /// The scalars of a line without its end; nil if there is no such line.
    package mutating func scalars(ofLine number: Int, in source: SourceText) -> [Unicode.Scalar]? {
        if number == self.number, source.name.utf8.elementsEqual(file.utf8) { return scalars }
        guard let line = source.line(number) else { return nil }
        (file, self.number, scalars) = (source.name, number, Array(line.unicodeScalars))
        return scalars
    }
}
