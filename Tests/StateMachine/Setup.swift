internal import Model
package import TestKit

/// What a side is: files, or a fake server of some kind.
package enum SideKind: Sendable, Hashable, CustomStringConvertible {
    case jsonl, csv
    case server(FakeKind)

    /// Files, and servers of all ways.
    package static let all: [SideKind] = [.jsonl, .csv] + FakeKind.allCases.map(SideKind.server)

    package init?(_ name: some StringProtocol) {
        guard let kind = Self.all.first(where: { $0.description == name }) else { return nil }
        self = kind
    }

    package var description: String {
        switch self {
        case .jsonl: "jsonl"
        case .csv: "csv"
        case .server(let kind): kind.rawValue
        }
    }

    /// The field that names a record.
    func idField(_ token: String) -> String { self == .server(.chosen) ? token : "id" }

    var givesIDs: Bool {
        switch self {
        case .server(.keyed), .server(.assigned), .server(.changes), .server(.coarse): true
        default: false
        }
    }
}

/// The job of a sequence: one sync with a field of each kind, and one that it links to.
struct Setup: Sendable, Hashable {
    let kinds: Sides<SideKind>
    /// Whether records with `off` as their scope are left out on the left.
    var isFiltered = false
    /// Whether one more field is mapped.
    var hasExtra = false

    /// How many values the table of states has.
    static let stateCount = 60

    var hasTags: Bool { kinds.left != .csv && kinds.right != .csv }

    func connections(_ folder: String) -> String {
        func connection(_ side: Side) -> String {
            switch kinds[side] {
            case .jsonl, .csv: "{type: \(kinds[side]), path: \(folder)/\(side)}"
            case .server: "{type: memory}"
            }
        }
        return "connections:\n  desk: \(connection(.left))\n  shop: \(connection(.right))\n"
    }

    var job: String {
        let states = (0..<Self.stateCount).map { "s\($0): t\($0)" }.joined(separator: ", ")
        return """
            job: crm
            left: desk
            right: shop
            syncs:
              companies:
                left: companies
                right: companies
                match: code <-> code
                fields: [code <-> code, name <-> name]
                limits: {creates: 1000, updates: 1000, deletes: 1000, read_drop: 100%}
              things:
                left: {collection: things\(isFiltered ? #", filter: "scope != 'off'""# : "")}
                right: things
                match: name <-> title
                deletes: propagate
                first_values: fill
                limits: {creates: 1000, updates: 1000, deletes: 1000, read_drop: 100%}
                fields:
                  - token <-> token
                  - name <-> title
                  - note <-> memo
                  - pick <-> choice: {conflicts: left}
                  - status <-> state: {values: {\(states)}}
                  - count <-> amount: {type: int, merge: sum}
                  - body <-> text: {merge: text}
                  - company <-> customer: {link: companies}
                  - name.upperAscii() -> label
                  - "scope <- 'on'": {when: create}
            \(hasTags ? "      - tags <-> labels: {merge: set}\n" : "")\(hasExtra ? "      - extra <-> more\n" : "")
            """
    }
}
