package import CEL
package import Diagnostics
package import Values

/// One arrow of a sync: how a field of one side follows from the other.
package struct FieldMapping: Sendable {
    /// Which way values go.
    package enum Flow: Sendable, Hashable {
        case both
        case to(Side)

        /// Whether values go to a side.
        package func goes(to side: Side) -> Bool {
            switch self {
            case .both: true
            case .to(let target): target == side
            }
        }
    }

    /// What stands at one end of the arrow: a field that is read and written, or an expression that is only read.
    package enum End: Sendable {
        case field(FieldPath)
        case expression(Program)
    }

    /// The arrow as the file has it, such as `status <-> state`.
    package var text: String
    package var place: Place
    package var flow: Flow
    package var ends: Sides<End>
    /// What both sides' values mean; nil for what the connectors give.
    package var type: ValueType?
    package var format: DateFormat?
    package var values: ValueTable?
    /// Expressions over `value` and the record, that turn a value of one side into one of the other: `[.right]` is `to_right`.
    package var conversions: Sides<Program?>
    package var unmapped: Unmapped
    package var link: LinkReference?
    package var linkMissing: LinkMissing
    package var when: When
    package var empty: Empty
    package var conflicts: ConflictPolicy
    package var merge: Merge?

    package init(
        text: String, place: Place, flow: Flow, ends: Sides<End>, type: ValueType? = nil, format: DateFormat? = nil,
        values: ValueTable? = nil, conversions: Sides<Program?> = Sides(left: nil, right: nil),
        unmapped: Unmapped = .hold,
        link: LinkReference? = nil, linkMissing: LinkMissing = .wait, when: When = .always, empty: Empty = .clear,
        conflicts: ConflictPolicy = .hold, merge: Merge? = nil
    ) {
        self.text = text
        self.place = place
        self.flow = flow
        self.ends = ends
        self.type = type
        self.format = format
        self.values = values
        self.conversions = conversions
        self.unmapped = unmapped
        self.link = link
        self.linkMissing = linkMissing
        self.when = when
        self.empty = empty
        self.conflicts = conflicts
        self.merge = merge
    }

    /// The field at an end; nil where an expression stands there.
    package func path(on side: Side) -> FieldPath? {
        if case .field(let path) = ends[side] { path } else { nil }
    }
}

/// What happens with a value that the table does not have.
package enum Unmapped: Sendable, Hashable {
    case hold, pass, skip
    case use(Value)
}

/// What happens while the record that an id names is not linked.
package enum LinkMissing: Sendable, Hashable {
    case wait, skip
    case use(Value)
}

/// A sync through whose links ids are translated.
package struct LinkReference: Sendable, Hashable {
    package var sync: SyncName
    package var place: Place

    package init(sync: SyncName, place: Place) {
        self.sync = sync
        self.place = place
    }
}

/// When a field is written: always, when its record is made, when it is updated, or only where the target is empty.
package enum When: String, Sendable, CaseIterable { case always, create, update, empty }

/// Whether an empty value erases.
package enum Empty: String, Sendable, CaseIterable { case clear, keep }

/// What is tried before two edits of a field are called a conflict.
package enum Merge: String, Sendable, CaseIterable { case text, set, sum }

/// A table of values: which value of the right stands for which of the left.
///
/// A value is looked up by its spelling, so that `1` of a job file meets the number and the text.
package struct ValueTable: Sendable {
    /// The value of a side for the spelling of one of the other: `[.right]["New"]` is what the right has for `New`.
    package var lookups: Sides<[TextKey: Value]>
    /// Where the first of its rows stands, in the job file or in one of its own; nil for a table without rows.
    package var place: Place?

    package init(lookups: Sides<[TextKey: Value]>, place: Place? = nil) {
        self.lookups = lookups
        self.place = place
    }

    /// The value on a side for one of the other; nil where the table has none.
    package func value(on side: Side, for value: Value) -> Value? {
        guard let spelling = ValueTable.spelling(of: value) else { return nil }
        return lookups[side][TextKey(spelling)]
    }

    /// How a value is looked up; nil for what no table can hold: lists, objects.
    package static func spelling(of value: Value) -> String? {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .text(let text): text
        case .int, .uint, .double, .decimal: value.exactNumber?.text
        case .date(let date): date.description
        case .timestamp(let timestamp): timestamp.description
        case .bytes, .duration, .list, .object: nil
        }
    }
}

/// A way to pair records: the key of each side, which must agree and be unique on both.
package struct MatchRule: Sendable {
    package var text: String
    package var place: Place
    package var keys: Sides<FieldMapping.End>
    package var ignoresCase: Bool
    package var type: ValueType?

    package init(
        text: String, place: Place, keys: Sides<FieldMapping.End>, ignoresCase: Bool = false, type: ValueType? = nil
    ) {
        self.text = text
        self.place = place
        self.keys = keys
        self.ignoresCase = ignoresCase
        self.type = type
    }
}
