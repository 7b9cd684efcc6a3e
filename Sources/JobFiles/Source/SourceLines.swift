import Diagnostics
import Synchronization

/// A text line by line. It keeps the line that was asked for last, for the next question is often about the same one: a
/// file may be a single long line.
final class SourceLines: Sendable {
    let source: SourceText
    private let last = Mutex<Line?>(nil)

    private struct Line {
        var number: Int
        var scalars: [Unicode.Scalar]
    }

    init(_ source: SourceText) { self.source = source }

    /// The scalars of a line, none past the end. The first line is 1.
    func scalars(ofLine number: Int) -> [Unicode.Scalar] {
        last.withLock { last in
            if let last, last.number == number { return last.scalars }
            let scalars = source.line(number).map { Array($0.unicodeScalars) } ?? []
            last = Line(number: number, scalars: scalars)
            return scalars
        }
    }
}
