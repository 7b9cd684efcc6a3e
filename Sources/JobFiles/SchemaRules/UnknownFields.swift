import CEL
import Diagnostics
import Model
import Values

extension SchemaRule {
    /// Every field that an arrow, a filter, a match, an expression or `archive` names is there.
    static let unknownFields = SchemaRule { sync, findings in
        for side in Side.allCases {
            guard let known = sync.sides[side] else { continue }
            var check = FieldNameCheck(sync, known)
            check.check()
            findings.add(check.findings.diagnostics)
        }
    }
}

/// Holds the names of one side of a sync against its schema.
private struct FieldNameCheck {
    private let sync: KnownSync
    private let known: KnownSide
    private let side: Side
    /// The fields that arrows of this sync write here: where there may be more fields than those that were met, they come to be.
    private let written: Set<FieldPath>
    private let mapped: Set<TextKey>
    var findings = Findings()

    init(_ sync: KnownSync, _ known: KnownSide) {
        self.sync = sync
        self.known = known
        let side = known.side
        self.side = side
        let paths = sync.sync.fields.filter { sync.flows($0, to: side) }.compactMap {
            sync.texts.path($0.arrow.ends[side])
        }
        written = Set(paths)
        mapped = Set(paths.compactMap(\.steps.first))
    }

    mutating func check() {
        if let filter = sync.sync.collections[side]?.filter { expression(filter, .filter) }
        for match in sync.sync.match { end(match.arrow.ends[side]) }
        for field in sync.sync.fields {
            end(field.arrow.ends[side])
            // `to_right` is over the record of the left.
            if case .expression(let text) = field.conversions[side.other], field.values == nil {
                expression(text, .conversion)
            }
        }
        for row in sync.sync.archive?.rows[side] ?? [] {
            guard let text = row.path, let path = sync.texts.path(text) else { continue }
            check(path, at: text.place, isWritten: true)
        }
    }

    private mutating func end(_ text: PlacedText) {
        guard let path = sync.texts.path(text) else { return expression(text, CompileOptions()) }
        check(path, at: text.place, isWritten: written.contains(path))
    }

    private mutating func expression(_ text: PlacedText, _ options: CompileOptions) {
        // What is wrong with it by itself has been reported.
        guard let program = sync.texts.program(text, options) else { return }
        for use in program.uses.fields where !use.mayBeType {
            let place = text.isVerbatim ? program.located.place(of: use.span) : text.place
            check(use.path, at: place, isWritten: written.contains(use.path))
        }
    }

    private mutating func check(_ path: FieldPath, at place: Place, isWritten: Bool) {
        switch known.schema.find(path) {
        case .field, .open: break
        case .through(let field):
            findings.add(
                .unknownField, isCertain: isCertain,
                "'\(field.name)' of \(known.name.content) is "
                    + "\(field.type == .any ? "no object" : field.type.rawValue), and has no fields",
                at: place, notes: known.notes)
        case .unknown(let steps, let fields):
            let name = path.steps[steps].text
            let candidates = fields.names.filter { isCertain || !mapped.contains(TextKey($0)) }
            let near = didYouMean(name, among: candidates)
            // Where there may be other fields, what is written comes to be; unless it is most likely a slip.
            if isWritten, !isCertain, near == nil { return }
            let shown = FieldName.path(path.steps.prefix(steps + 1).map(\.text))
            findings.add(
                .unknownField, isCertain: isCertain,
                "no \(word) '\(shortened(steps == 0 ? name : shown))' in \(known.name.content)",
                at: place, hint: near ?? list(fields), notes: isCertain ? [] : known.notes)
        }
    }

    /// Where the list of fields is short, it is told.
    private func list(_ fields: SchemaFields) -> String? {
        isCertain && !fields.isEmpty && fields.list.count <= 6 ? "it has \(listed(fields.names, joinedBy: "and"))" : nil
    }

    private var isCertain: Bool { known.schema.isClosed }

    private var word: String {
        guard isCertain else { return "record has a field" }
        return known.schema.values == .text ? "column" : "field"
    }
}
