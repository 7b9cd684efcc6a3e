import Model
import Values

/// A mapping between two collections, as names and sampled values propose it: every choice with its reason, and what was left out.
struct MappingProposal {
    struct Field {
        var columns: Sides<SampledColumn>
        var reason: String
        var type: ValueType?
        /// Left value, right value.
        var table: [(left: String, right: String)]?
    }

    /// The field that names the records of each side.
    let ids: Sides<SampledColumn>
    /// The form of new ids, such as `C-{n}`; nil where the usual one fits.
    private(set) var newIDs: Sides<String?>
    /// The field by which each side says when a record was last changed.
    let updated: Sides<SampledColumn?>
    private(set) var match: (columns: Sides<SampledColumn>, reason: String, ignoresCase: Bool)?
    private(set) var fields: [Field] = []
    /// The sides on which new records can be made.
    private(set) var creates: Set<Side> = []
    /// What was left out, each with why.
    private(set) var leftOut: [String] = []

    /// Why nothing can be proposed.
    struct Failure: Error {
        var message: String
    }

    init(_ sides: Sides<SampledSide>) throws(Failure) {
        ids = Sides(left: try Self.id(of: sides.left), right: try Self.id(of: sides.right))
        updated = sides.map { side in
            side.columns.first { Self.updatedNames.contains($0.plainName) && [.timestamp, .date].contains($0.type) }
        }
        let identities = ids
        newIDs = ids.map { Self.newIDForm($0) }
        let open = sides.map { side in side.columns.filter { $0.path != identities[side.side].path && !Self.isOwn($0) }
        }
        let pairing = ColumnPairing(open.left, open.right)
        let sameIDs = Self.haveSameIDs(ids, pairing.pairs)
        if sameIDs {
            // A new record gets its id from the other side.
            newIDs = Sides(left: nil, right: nil)
            fields.append(Field(columns: ids, reason: "the records of both sides have the same ids"))
        }
        choose(pairing.pairs, sameIDs: sameIDs)
        // In the order in which the left has them.
        let order = Dictionary(uniqueKeysWithValues: open.left.enumerated().map { ($1.path, $0) })
        for pair in pairing.pairs.sorted(by: {
            order[$0.columns.left.path, default: 0] < order[$1.columns.left.path, default: 0]
        }) {
            propose(pair, sides.map(\.form))
        }
        leftOut += pairing.doubts
        noteLeftOut(sides, pairing.pairs)
        // Without a way to pair records both sides would be made anew on the other.
        if match != nil {
            creates = Set(Side.allCases.filter { sameIDs || Self.isNumbered(ids[$0], newIDs[$0]) })
        }
        if fields.isEmpty {
            throw Failure(
                message: "no field of one side looks like one of the other: neither by its name nor by its values")
        }
    }

    private static let idNames = [
        "id", "key", "uuid", "guid", "number", "no", "code", "sku", "itemnumber", "articlenumber", "serial",
        "serialnumber", "email",
    ]
    private static let updatedNames: Set<String> = [
        "updated", "updatedat", "updatedon", "modified", "modifiedat", "lastmodified", "lastupdated", "changedat",
    ]
    private static let createdNames: Set<String> = ["created", "createdat", "createdon", "creationdate", "datecreated"]

    /// What its system sets by itself.
    private static func isOwn(_ column: SampledColumn) -> Bool {
        (updatedNames.contains(column.plainName) || createdNames.contains(column.plainName))
            && [.timestamp, .date].contains(column.type)
    }

    private static func id(of side: SampledSide) throws(Failure) -> SampledColumn {
        let unique = side.columns.filter { column in
            column.isUnique && column.path.steps.count == 1 && (column.type == .int || column.type == .text)
        }
        for name in idNames {
            if let found = unique.first(where: { $0.plainName == name }) { return found }
        }
        if let found = unique.first(where: { $0.plainName.hasSuffix("id") }) ?? unique.first { return found }
        throw Failure(
            message: side.recordCount == 0
                ? "the \(side.side) has no records to learn from"
                : "no field of the \(side.side) names its records: each is empty in some, or stands twice")
    }

    /// Ids that begin and end alike around a number.
    private static func newIDForm(_ id: SampledColumn) -> String? {
        guard id.type == .text, let first = id.spellings.first else { return nil }
        let prefix = String(first.prefix { !$0.isNumber })
        guard !prefix.isEmpty, !prefix.contains("{"),
            id.spellings.allSatisfy({ spelling in
                let rest = spelling.dropFirst(prefix.count)
                return spelling.hasPrefix(prefix) && !rest.isEmpty && rest.utf8.count <= 18
                    && rest.utf8.allSatisfy { $0 &- 0x30 <= 9 }
            })
        else { return nil }
        return prefix + "{n}"
    }

    private static func isNumbered(_ id: SampledColumn, _ form: String?) -> Bool { form != nil || id.type == .int }

    /// Numbers from 1 on are everywhere: ids are the same only where the records that have them agree in something else.
    private static func haveSameIDs(_ ids: Sides<SampledColumn>, _ pairs: [ColumnPair]) -> Bool {
        guard ids.left.overlap(with: ids.right) >= 0.5 else { return false }
        if ids.left.type == .text, ids.right.type == .text { return true }
        let joined = Self.joined(ids.left, ids.right)
        return pairs.contains { pair in
            guard pair.columns.left.distinct.count > 2 else { return false }
            let both = joined.filter {
                pair.columns.left.values[$0.left] != nil && pair.columns.right.values[$0.right] != nil
            }
            let agreeing = both.filter { row in
                SampledColumn.folded(pair.columns.left.values[row.left] ?? "")
                    .hasSameBytes(as: SampledColumn.folded(pair.columns.right.values[row.right] ?? ""))
            }
            return both.count > 1 && agreeing.count * 10 >= both.count * 8
        }
    }

    /// The rows of both sides with the same value in two fields.
    private static func joined(_ left: SampledColumn, _ right: SampledColumn) -> [(left: Int, right: Int)] {
        var rows: [TextKey: Int] = [:]
        for (row, value) in right.values.enumerated() {
            if let value { rows[TextKey(SampledColumn.folded(value))] = row }
        }
        return left.values.enumerated().compactMap { row, value in
            value.flatMap { rows[TextKey(SampledColumn.folded($0))] }.map { (row, $0) }
        }
    }
}

// The match, and the fields.
extension MappingProposal {
    private static let keyNames = [
        "email", "mail", "emailaddress", "sku", "code", "number", "serial", "hostname", "name", "title",
    ]

    /// Pairs records by what is unique on both sides: by ids that are the same, else by the best pair of fields.
    private mutating func choose(_ pairs: [ColumnPair], sameIDs: Bool) {
        if sameIDs {
            match = (ids, "both sides know the record by it", false)
            return
        }
        let unique = pairs.filter { pair in
            pair.columns.left.isUnique && pair.columns.right.isUnique && pair.columns.left.type == .text
                && pair.columns.right.type == .text && (pair.overlap > 0 || pair.likeness == .same)
        }
        let best = unique.min { a, b in
            (a.overlap > 0 ? 0 : 1, Self.rank(a), -a.score) < (b.overlap > 0 ? 0 : 1, Self.rank(b), -b.score)
        }
        guard let best else { return }
        let columns = best.columns
        let plainOverlap = Set(columns.left.values.compactMap { $0 }).intersection(
            columns.right.values.compactMap { $0 })
        let folded = columns.left.distinct.intersection(columns.right.distinct)
        match = (columns, "each record has a value of its own in it; \(best.reason)", folded.count > plainOverlap.count)
    }

    private static func rank(_ pair: ColumnPair) -> Int {
        keyNames.firstIndex { $0 == pair.columns.left.plainName || $0 == pair.columns.right.plainName }
            ?? keyNames.count
    }

    private mutating func propose(_ pair: ColumnPair, _ forms: Sides<ValueForm>) {
        let (left, right) = (pair.columns.left, pair.columns.right)
        if left.isChoice, right.isChoice, !left.hasOnlyValues(of: right), !right.hasOnlyValues(of: left) {
            guard let table = table(left, right) else {
                leftOut.append(
                    "\(pair.shown) (\(pair.reason)): a table of values is needed, and which go together is not sure")
                return
            }
            fields.append(
                Field(
                    columns: pair.columns, reason: "\(pair.reason); the table is what paired records have", table: table
                ))
            return
        }
        guard let type = Self.type(left, right, forms) else {
            leftOut.append(
                "\(pair.shown) (\(pair.reason)): \(left.type.rawValue) on the left, \(right.type.rawValue) on the right"
            )
            return
        }
        let reason = pair.reason + (differsInCase(left, right) ? "; \(Self.caseWarning)" : "")
        fields.append(Field(columns: pair.columns, reason: reason, type: type.wanted))
    }

    private static let caseWarning =
        "values differ in capital letters: the first plan holds these, and 'first_values: left' or 'right' would choose"

    /// Whether paired records have the same words in capital and small letters.
    private func differsInCase(_ left: SampledColumn, _ right: SampledColumn) -> Bool {
        guard let match, left.type == .text, right.type == .text else { return false }
        return Self.joined(match.columns.left, match.columns.right).contains { row in
            guard let a = left.values[row.left], let b = right.values[row.right], !a.hasSameBytes(as: b) else {
                return false
            }
            return SampledColumn.folded(a).hasSameBytes(as: SampledColumn.folded(b))
        }
    }

    private static let boolWords: Set<TextKey> = [TextKey("true"), TextKey("false")]

    /// The type that a field needs: only where text meets a number or a bool. nil where the kinds do not go together.
    private static func type(
        _ left: SampledColumn, _ right: SampledColumn, _ forms: Sides<ValueForm>
    ) -> (wanted: ValueType?, Void)? {
        if forms.left == .text, forms.right == .text { return (nil, ()) }
        let types = Set([left.type, right.type])
        let isMixed = forms.left == .text || forms.right == .text
        let wanted: ValueType?
        switch types {
        case [.any], [.text], [.date], [.timestamp], [.text, .any]: return (nil, ())
        case [.int]: wanted = .int
        case [.decimal], [.int, .decimal]: wanted = .decimal
        case [.bool]: wanted = .bool
        case _ where types.contains(.any):
            wanted = types.subtracting([.any]).first.flatMap { ValueType(rawValue: $0.rawValue) }
            if wanted == .date || wanted == .timestamp { return (nil, ()) }
        // `TRUE` is text in a file that tells no types, and a bool to the field's type.
        case [.text, .bool]:
            guard [left, right].allSatisfy({ $0.distinct.isSubset(of: boolWords) }) else { return nil }
            return (.bool, ())
        default: return nil
        }
        return (isMixed ? wanted : nil, ())
    }

    /// Which value of the left goes with which of the right: where values are spelled alike, or where at least two paired records, and
    /// none against them, say so for each.
    private func table(_ left: SampledColumn, _ right: SampledColumn) -> [(left: String, right: String)]? {
        let rows = tableByWords(left, right) ?? tableByRecords(left, right)
        guard let rows, rows.count == left.spellings.count, rows.count == right.spellings.count,
            Set(rows.map { TextKey($0.right) }).count == rows.count
        else { return nil }
        return rows
    }

    private func tableByWords(_ left: SampledColumn, _ right: SampledColumn) -> [(left: String, right: String)]? {
        var rows: [(left: String, right: String)] = []
        for value in left.spellings {
            let alike = right.spellings.filter { FieldNameWords.plain($0) == FieldNameWords.plain(value) }
            guard alike.count == 1 else { return nil }
            rows.append((value, alike[0]))
        }
        return rows
    }

    private func tableByRecords(_ left: SampledColumn, _ right: SampledColumn) -> [(left: String, right: String)]? {
        guard let match else { return nil }
        var met: [TextKey: [TextKey: Int]] = [:]
        for row in Self.joined(match.columns.left, match.columns.right) {
            guard let a = left.values[row.left], let b = right.values[row.right] else { continue }
            met[TextKey(a), default: [:]][TextKey(b), default: 0] += 1
        }
        var rows: [(left: String, right: String)] = []
        for value in left.spellings {
            guard let partners = met[TextKey(value)], partners.count == 1, let (partner, count) = partners.first,
                count > 1
            else { return nil }
            rows.append((value, partner.text))
        }
        return rows
    }

    private mutating func noteLeftOut(_ sides: Sides<SampledSide>, _ pairs: [ColumnPair]) {
        for side in Side.allCases {
            for column in sides[side].columns where !pairs.contains(where: { $0.columns[side].path == column.path }) {
                if column.path == ids[side].path { continue }
                let why =
                    column.path == updated[side]?.path
                    ? "it says when a record was last changed, and is the connection's 'updated'"
                    : Self.isOwn(column)
                        ? "its name says that its system sets it"
                        : "nothing on the \(side.other.rawValue) looks like it"
                leftOut.append("\(column.shown) on the \(side.rawValue): \(why)")
            }
            for name in sides[side].unfit {
                leftOut.append("\(name) on the \(side.rawValue): it holds lists or objects")
            }
        }
    }
}
