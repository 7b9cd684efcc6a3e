import Diagnostics
import YAML

/// A text of a file in which a part can be pointed at, whatever quotes, escapes and folds it went through.
///
/// Offsets count Unicode scalars, as columns do.
struct PlacedText: Sendable {
    let scalars: ArraySlice<Unicode.Scalar>
    /// What a reader sees of it, quotes included.
    let place: Place
    /// Whether the file has the text character by character, on one line.
    let isVerbatim: Bool
    /// Where each scalar stands in the file; as many as the whole text that this may be a part of.
    private let positions: [Position]

    init(_ scalar: Scalar, at place: Place, in lines: SourceLines) {
        let scalars = Array(scalar.text.unicodeScalars)
        self.scalars = scalars[...]
        self.place = place
        var walk = ScalarWalk(scalar, at: place, in: lines)
        positions = walk.positions(of: scalars)
        isVerbatim = walk.isVerbatim
    }

    private init(part: ArraySlice<Unicode.Scalar>, of whole: PlacedText, at place: Place) {
        scalars = part
        self.place = place
        positions = whole.positions
        isVerbatim = whole.isVerbatim
    }

    var text: String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    /// A part, by indices of ``scalars``, without blanks around it.
    func part(_ range: Range<Int>) -> PlacedText {
        var part = scalars[range]
        while part.first?.isBlank == true { part = part.dropFirst() }
        while part.last?.isBlank == true { part = part.dropLast() }
        return PlacedText(part: part, of: self, at: place(of: part.indices))
    }

    var trimmed: PlacedText { part(scalars.indices) }

    /// Where a part stands in the file, by indices of ``scalars``.
    func place(of range: Range<Int>) -> Place {
        guard let start = position(range.lowerBound) else { return place }
        guard range.count > 0, let last = position(range.upperBound - 1) else {
            return Place(file: place.file, start: start, end: start)
        }
        let next = position(range.upperBound) ?? last
        let isAdjacent = next.line == last.line && next.column > last.column && range.upperBound < positions.count
        let end = isAdjacent ? next : Position(line: last.line, column: last.column + 1)
        return Place(file: place.file, start: start, end: max(start, end))
    }

    /// Where a part stands, by offsets from the start of this text. What lies outside is cut off; an empty range at the
    /// end points behind the last scalar.
    func place(ofOffsets range: Range<Int>) -> Place {
        let start = min(max(0, range.lowerBound), scalars.count)
        let end = min(max(start, range.upperBound), scalars.count)
        if start == end, start == scalars.count, start > 0 {
            let last = place(of: scalars.endIndex - 1..<scalars.endIndex)
            return Place(file: place.file, start: last.end, end: last.end)
        }
        return place(of: scalars.startIndex + start..<scalars.startIndex + end)
    }

    private func position(_ index: Int) -> Position? {
        positions.indices.contains(index) ? positions[index] : nil
    }
}

extension Unicode.Scalar {
    /// A space, a tab, or a line end.
    var isBlank: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" }
}
