import Model
import Values

// What fields hold, and what is refused.
extension ConnectorClause {
    static let values: [ConnectorClause] = [
        ConnectorClause("a value comes back as it was given, or as the write says that it became") { bench in
            let made = try await bench.create()
            guard bench.endpoint.capabilities.canUpdate else { throw NotAsked("records cannot be changed") }
            for field in bench.subject.schema.fields.list where bench.subject.isFree(field) {
                for value in field.trials { try await tryOut(value, field, made.id, bench) }
            }
        },
        ConnectorClause("a text of any language is kept as it is") { bench in
            let field = try bench.nameField()
            if bench.subject.hasFiles {
                throw NotAsked("names of files are what the system takes for one")
            }
            let text = try bench.name("Grüße, 世界 🙂 \"'<&>%\\")
            let made = try await bench.create(text)
            let found = try await bench.existing(made.id).record[field.name] ?? .null
            try bench.demand(
                found.means(.text(text)), "\(Value.text(text).inMessage) came back as \(found.inMessage)")
        },
        ConnectorClause("a text is as long as the field says that it may be") { bench in
            let field = try bench.nameField()
            guard let most = field.maximumLength, most <= 100_000 else {
                throw NotAsked("no greatest length is declared of '\(field.name)'")
            }
            let start = try bench.name()
            let text = start + String(repeating: "ü", count: max(0, most - start.unicodeScalars.count))
            let made = try await bench.create(text)
            let found = try await bench.existing(made.id).record[field.name] ?? .null
            try bench.demand(found.means(.text(text)), "of \(most) characters came back \(found.inMessage)")
        },
    ]

    private static func tryOut(
        _ value: Value, _ field: SchemaField, _ id: RecordID, _ bench: ConnectorBench
    ) async throws {
        let path = FieldPath(field.name)
        let before = try await bench.existing(id)
        let outcome = try await bench.update(id, [path: value])
        let after = try await bench.existing(id)
        let found = after.record.value(at: path) ?? .null
        switch outcome {
        case .stored(let fingerprint, let stored):
            let told = stored?.content?.object?.value(at: path) ?? value
            try bench.demand(
                found.means(told) || (found.isEmpty && told.isEmpty),
                "'\(path)' was set to \(value.inMessage), said to be \(told.inMessage), and is \(found.inMessage)")
            try bench.demand(
                fingerprint == after.fingerprint, "setting '\(path)' to \(value.inMessage) does not tell what is read")
        case .refused(let message), .forbidden(let message):
            try bench.demand(!message.isEmpty, "'\(path)' was refused without a word")
            let former = before.record.value(at: path) ?? .null
            try bench.demand(
                found.means(former), "'\(path)' was refused, and became \(found.inMessage) from \(former.inMessage)")
        case .moved, .later, .uncertain:
            throw Breach("setting '\(path)' to \(value.inMessage) \(outcome.words)")
        }
    }

    static let refusals: [ConnectorClause] = [
        ConnectorClause("a field that only the system sets is not written") { bench in
            let ids = bench.endpoint.capabilities.idFields
            let field = bench.subject.schema.fields.list.first { field in
                field.isReadOnly && !ids.contains(FieldPath(field.name))
            }
            guard let field else { throw NotAsked("no field is read-only") }
            let made = try await bench.create()
            let path = FieldPath(field.name)
            let before = try await bench.existing(made.id).record.value(at: path) ?? .null
            let outcome = try await bench.update(made.id, [path: field.trials.first ?? .text("x")])
            if case .stored = outcome { throw Breach("writing '\(path)' took effect, as it says") }
            let after = try await bench.existing(made.id).record.value(at: path) ?? .null
            try bench.demand(after.means(before), "'\(path)' became \(after.inMessage) from \(before.inMessage)")
        },
        ConnectorClause("credentials that nobody has are refused, and it is told that they are") { bench in
            guard let stranger = bench.subject.stranger else { throw NotAsked("no credentials are needed") }
            do throws(EndpointFailure) {
                try await stranger.probe()
            } catch {
                if case .unauthorised = error { return }
                throw Breach("wrong credentials are taken for something else: \(FailureWords.sentence(error))")
            }
            throw Breach("the probe does not notice wrong credentials")
        },
    ]
}

extension SchemaField {
    /// Values that it should hold, each unlike the one before.
    var trials: [Value] {
        if !choices.isEmpty {
            return type == .list ? choices.prefix(2).map { .list([$0]) } : Array(choices.prefix(4))
        }
        let empty: [Value] = isRequired ? [] : [.null]
        switch type {
        case .text, .any:
            return ["first line\nsecond line\n\nfourth", "Grüße, 世界 🙂", "<b>5 & 6</b> \\ %"].map(Value.text) + empty
        case .int: return [.int(1), .int(2)] + empty
        case .decimal: return [Decimal("1.5").map(Value.decimal), .int(2)].compactMap(\.self) + empty
        case .bool: return [.bool(true), .bool(false)]
        case .date:
            return [CalendarDate("2026-11-20").map(Value.date), CalendarDate("2028-02-29").map(Value.date)].compactMap(
                \.self) + empty
        case .timestamp: return [Timestamp("2026-11-20T10:00:00Z").map(Value.timestamp)].compactMap(\.self) + empty
        case .list: return [.list([.text("one")]), .list([.text("one"), .text("two")])] + empty
        case .object: return []
        }
    }
}
