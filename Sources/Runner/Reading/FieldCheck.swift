import CEL
import Diagnostics
import Model
import Values

/// Holds what a sync reads and writes against the fields that a collection says it has: a column that is not there is a mistake of
/// the job file, and no empty value.
struct FieldCheck {
    private let collection: CollectionReference
    private let side: Side
    private let names: [String]
    private let known: Set<TextKey>
    private let word: String

    init(_ collection: CollectionReference, _ side: Side, names: [String], word: String = "column") {
        self.word = word
        self.collection = collection
        self.side = side
        self.names = names
        known = Set(names.map(TextKey.init))
    }

    /// A diagnostic for each place that names a field which is not there.
    func mistakes(of sync: Sync) -> [Diagnostic] {
        var mistakes = collection.filter.map(mistakes) ?? []
        for mapping in sync.fields { mistakes += self.mistakes(mapping.ends[side], mapping.text, mapping.place) }
        for rule in sync.match { mistakes += self.mistakes(rule.keys[side], rule.text, rule.place) }
        for field in sync.archive[side] where !isKnown(field.path) {
            mistakes.append(mistake(field.path, at: field.place))
        }
        return Diagnostic.inSourceOrder(mistakes)
    }

    private func mistakes(_ end: FieldMapping.End, _ arrow: String, _ place: Place) -> [Diagnostic] {
        switch end {
        case .expression(let program): mistakes(of: program)
        case .field(let path): isKnown(path) ? [] : [mistake(path, at: self.place(of: path, in: arrow, place))]
        }
    }

    private func mistakes(of program: Program) -> [Diagnostic] {
        program.uses.fields.filter { !$0.mayBeType && !isKnown($0.path) }.map { use in
            mistake(use.path, at: program.located.place(of: use.span))
        }
    }

    private func isKnown(_ path: FieldPath) -> Bool {
        known.contains(path.steps[0])
    }

    /// The diagnostic for the field at an end of an arrow.
    func missing(_ path: FieldPath, _ arrow: String, _ place: Place) -> Diagnostic {
        mistake(path, at: self.place(of: path, in: arrow, place))
    }

    private func mistake(_ path: FieldPath, at place: Place) -> Diagnostic {
        let name = path.steps[0].text
        let near = nearestName(to: name, in: names).map { "did you mean '\($0)'?" }
        return Diagnostic(
            .error, ReadingCode.unknownField.rawValue, "no \(word) '\(name)' in \(collection.name)", at: place,
            hint: near)
    }

    /// An end of an arrow that stands on one line in the file as it is; the whole arrow, where it does not.
    private func place(of path: FieldPath, in arrow: String, _ place: Place) -> Place {
        let length = arrow.unicodeScalars.count
        let own = path.text.unicodeScalars.count
        guard place.start.line == place.end.line, place.end.column - place.start.column == length,
            arrow.hasPrefix(path.text) || arrow.hasSuffix(path.text)
        else { return place }
        let isFirst = side == .left && arrow.hasPrefix(path.text)
        let start = isFirst ? place.start.column : place.end.column - own
        return Place(file: place.file, line: place.start.line, column: start, length: own)
    }
}
