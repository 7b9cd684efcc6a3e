import Diagnostics

/// A text line by line. It keeps the line that was asked for last, for the next question is often about the same one: a
/// file may be a single long line.
final class SourceLines {
    let source: SourceText
    private var last: (number: Int, scalars: [Unicode.Scalar])?

    init(_ source: SourceText) { self.source = source }

    /// The scalars of a line, none past the end. The first line is 1.
    func scalars(ofLine number: Int) -> [Unicode.Scalar] {
        if let last, last.number == number { return last.scalars }
        let scalars = source.line(number).map { Array($0.unicodeScalars) } ?? []
        last = (number, scalars)
        return scalars
    }
}
