internal import Model
internal import Values

extension EndpointClause {
    static let content: [EndpointClause] = [
        EndpointClause("ids may hold any characters") { subject in
            let ids = [
                "a,b", "say \"hi\"", "a/b%2Fc", "🙂", "007", "7",
                " 7 ", "e\u{301}", "é", "[\"x\"]", "a\nb", "-", "null",
                "a\\b", "a;b\tc", "C-17", "0", "#", "'", String(repeating: "x", count: 3000),
            ]
            let endpoint = try await subject.make(["id"], ["id", "name"])
            _ = try await endpoint.outcomes(ids.map { .create($0, ["name": .text("first")]) })
            _ = try await endpoint.outcomes(ids.map { .update($0, ["name": .text("of \($0)")]) })
            let read = try await ReadCollection(endpoint)
            try same(read.ids.map(TextKey.init), ids.map(TextKey.init))
            try same(read.records.map { $0["name"] }, ids.map { .text("of \($0)") })
            try same(read.snapshot.idsAreNumbered, false)
            _ = try await endpoint.outcomes(ids.map { .delete($0) })
            try same(try await ReadCollection(endpoint).ids, [])
        },
        EndpointClause("several fields may make an id") { subject in
            let endpoint = try await subject.make(["country", "code"], ["country", "code", "name"])
            let ids = [["de", "BY"], ["de", "B,Y"], ["fr", "BY"], ["fr", "\"[]"]].map { parts in
                RecordID(.list(parts.map(Value.text)))
            }
            let wanted = ids.compactMap(\.self)
            let creates = wanted.map { id in
                WriteRequest(verb: .create, id: id, fields: [(FieldPath("name"), .text("x"))])
            }
            for outcome in try await endpoint.outcomes(creates) {
                guard case .stored = outcome else { throw Breach("a create gave \(outcome)") }
            }
            let read = try await ReadCollection(endpoint)
            try same(read.ids, wanted.map(\.key))
            try same(read.records[1]["code"], .text("B,Y"))
            try same(read.snapshot.kept.map(\.kind), [.composite, .composite, .composite, .composite])
            let update = WriteRequest(verb: .update, id: wanted[3], fields: [(FieldPath("name"), .text("y"))])
            _ = try await endpoint.outcomes([update, WriteRequest(verb: .delete, id: wanted[0])])
            let after = try await ReadCollection(endpoint)
            try same(after.records.map { $0["name"] }, [.text("x"), .text("x"), .text("y")])
        },
        EndpointClause("every value that the collection can hold comes back as it was") { subject in
            let endpoint = try await subject.make(["id"], ["id", "value", "other"])
            let values = Self.values(endpoint.capabilities.values)
            _ = try await endpoint.outcomes(
                values.indices.map { .create("r\($0)", ["value": values[$0], "other": .text("stays")]) })
            let created = try await ReadCollection(endpoint)
            try isSame(created, values)
            // Each value in the place of another, and then of the one it was.
            for shift in [1, 0] {
                let set = values.indices.map { values[($0 + shift) % values.count] }
                let outcomes = try await endpoint.outcomes(values.indices.map { .update("r\($0)", ["value": set[$0]]) })
                let updated = try await ReadCollection(endpoint)
                try same(outcomes, updated.fingerprints.map { .stored($0) })
                try isSame(updated, set)
            }
        },
        EndpointClause("a field may be emptied, and filled again") { subject in
            let endpoint = try await subject.filled()
            _ = try await endpoint.outcomes([.update("2", ["note": .text("")])])
            try same(try await ReadCollection(endpoint)["2"]?["note"], .text(""))
            _ = try await endpoint.outcomes([.update("2", ["note": .text("again")])])
            try same(try await ReadCollection(endpoint)["2"]?["note"], .text("again"))
        },
    ]

    private static func isSame(_ read: ReadCollection, _ values: [Value]) throws {
        for (record, value) in zip(read.records, values) {
            guard let found = record["value"], found.means(value) else {
                throw Breach("\(record["value"].map { "\($0)" } ?? "nothing") came back for \(value)")
            }
            try same(record["other"], .text("stays"))
        }
    }

    private static func values(_ form: ValueForm) -> [Value] {
        let texts: [Value] = [
            "", " ", "plain", "a,b", "a\tb", "\"quoted\"", "line\nbreak", "CR\r\nLF", "🙂 é e\u{301}", "\\",
            "\u{1}\u{1f}",
            "\u{2028}\u{feff}", "{}", "null", "007", "1.50", String(repeating: "long, ", count: 5000),
        ].map(Value.text)
        if form == .text { return texts }
        let json: [Value] = [
            .null, .bool(true), .bool(false), .int(0), .int(.max), .int(.min), .double(0.5), .double(1e300),
            .decimal(Decimal(verified: "0.10")), .decimal(Decimal(verified: "12345678901234567890")),
            .decimal(Decimal(verified: "1e400")), .list([]), .object([:]),
            .list([.int(1), .text("two"), .null, .list([.object(["a": .int(1)])])]),
            .object(["b": .text("x"), "a": .list([.bool(true)]), "": .object(["\"": .null])]),
        ]
        if form == .json { return texts + json }
        let others: [Value] = [
            .bytes([0, 255]), Timestamp("2026-11-21T10:00:00.5Z").map(Value.timestamp),
            CalendarDate("2024-02-29").map(Value.date), .duration(.seconds(90)), .uint(.max), .double(.infinity),
            .text("nul \0"),
        ].compactMap(\.self)
        return texts + json + others
    }
}
