import Diagnostics
import Model

/// An arrow as it was written: what stands at its ends is not looked at yet.
struct Arrow: Sendable {
    var text: PlacedText
    var flow: FieldMapping.Flow
    var ends: Sides<PlacedText>

    /// Whether an end is written by the arrow, and must therefore be a field.
    func writes(_ side: Side) -> Bool { flow.goes(to: side) }
}

/// Why a text is no arrow.
enum ArrowFailure: Error {
    case missing
    /// Something that other notations use: what it is here.
    case foreign(Range<Int>, meant: String)
    case crowded(Range<Int>)
    case several(Range<Int>)
    case emptyEnd(Range<Int>, Side)
}

extension Arrow {
    /// Finds the one arrow of a text that stands in no text of an expression.
    init(_ text: PlacedText) throws(ArrowFailure) {
        let marks = ArrowMark.all(in: text.scalars)
        let arrows = marks.filter { $0.flow != nil && $0.isSpaced }
        guard let arrow = arrows.first, let flow = arrow.flow else { throw Arrow.failure(marks) }
        if arrows.count > 1 { throw .several(arrows[1].range) }
        self.text = text.trimmed
        self.flow = flow
        let left = text.part(text.scalars.startIndex..<arrow.range.lowerBound)
        let right = text.part(arrow.range.upperBound..<text.scalars.endIndex)
        if left.scalars.isEmpty { throw .emptyEnd(arrow.range, .left) }
        if right.scalars.isEmpty { throw .emptyEnd(arrow.range, .right) }
        ends = Sides(left: left, right: right)
    }

    private static func failure(_ marks: [ArrowMark]) -> ArrowFailure {
        if let crowded = marks.first(where: { $0.flow != nil }) { return .crowded(crowded.range) }
        if let foreign = marks.first { return .foreign(foreign.range, meant: foreign.meant) }
        return .missing
    }
}

/// An arrow, or what was meant as one, in a text.
private struct ArrowMark {
    var range: Range<Int>
    var spelling: String
    /// What is written in its place here.
    var meant: String
    var isSpaced: Bool

    /// nil for what is no arrow of ours.
    var flow: FieldMapping.Flow? {
        switch spelling {
        case "<->": .both
        case "->": .to(.right)
        case "<-": .to(.left)
        default: nil
        }
    }

    /// Longer ones before those that they begin with.
    private static let spellings: [(scalars: [Unicode.Scalar], meant: String)] = [
        ("<-->", "<->"), ("<->", "<->"), ("<=>", "<->"), ("-->", "->"), ("<--", "<-"), ("=>", "->"), ("->", "->"),
        ("<-", "<-"), ("<>", "<->"), ("→", "->"), ("←", "<-"), ("↔", "<->"), ("⇒", "->"), ("⇔", "<->"),
    ].map { (Array($0.0.unicodeScalars), $0.1) }

    private static let firsts = Set(spellings.compactMap(\.scalars.first))

    static func all(in text: ArraySlice<Unicode.Scalar>) -> [ArrowMark] {
        var marks: [ArrowMark] = []
        // A quote that is never closed opens no text, so that an arrow after it is found; no other of its kind is
        // looked at then.
        var unclosed: Set<Unicode.Scalar> = []
        var at = text.startIndex
        while at < text.endIndex {
            if text[at] == "'" || text[at] == "\"", !unclosed.contains(text[at]) {
                let end = endOfQuoted(text, from: at)
                if end == nil { unclosed.insert(text[at]) }
                at = end ?? at + 1
            } else if let mark = mark(in: text, at: at) {
                marks.append(mark)
                at = mark.range.upperBound
            } else {
                at += 1
            }
        }
        return marks
    }

    private static func mark(in text: ArraySlice<Unicode.Scalar>, at start: Int) -> ArrowMark? {
        guard firsts.contains(text[start]) else { return nil }
        let rest = text[start...]
        guard let found = spellings.first(where: { rest.starts(with: $0.scalars) }) else { return nil }
        let end = start + found.scalars.count
        let isOpenBefore = start == text.startIndex || text[start - 1].isBlank
        let isOpenAfter = end == text.endIndex || text[end].isBlank
        let spelling = found.scalars.map(String.init).joined()
        return ArrowMark(
            range: start..<end, spelling: spelling, meant: found.meant, isSpaced: isOpenBefore && isOpenAfter)
    }

    /// Behind the closing quote; nil where there is none.
    private static func endOfQuoted(_ text: ArraySlice<Unicode.Scalar>, from start: Int) -> Int? {
        let quote = text[start]
        let triple = [quote, quote, quote]
        let isTriple = text[start...].starts(with: triple)
        let isRaw = start > text.startIndex && (text[start - 1] == "r" || text[start - 1] == "R")
        var at = start + (isTriple ? 3 : 1)
        while at < text.endIndex {
            if text[at] == "\\", !isRaw {
                at += 2
            } else if isTriple ? text[at...].starts(with: triple) : text[at] == quote {
                return at + (isTriple ? 3 : 1)
            } else {
                at += 1
            }
        }
        return nil
    }
}
