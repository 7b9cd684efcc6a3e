package import Model
package import Values

/// What a system made of the fields that it was given, where that is not what it was asked for.
package struct StoredFields: Sendable {
    /// By the numbers of the fields that were written: what the record holds of them now, where that is something else.
    package var values: [Int: Value] = [:]
    /// Whether the record holds something else in a field that was not written, too: somebody edited it meanwhile, or the system filled
    /// it in. The base stays, so that this is carried over.
    package var hasNews = false

    /// It was stored as it was asked for.
    package init() {}
}

extension WriteRequests {
    /// Compares a record as the system stored it with what the link's base says of it.
    ///
    /// - Parameters:
    ///   - content: the record as it is read back.
    ///   - base: the base once the write is done as it was asked for.
    package func stored(_ content: Value, by operation: Operation, _ base: Base) -> StoredFields {
        var stored = StoredFields()
        guard operation.verb != .delete, case .object(let record) = content else { return stored }
        let side = operation.side
        let written = Set(mappedFields(of: operation))
        for rule in rules {
            guard let asked = base.entries[rule.number]?.values[side] else { continue }
            let isWritten = written.contains(rule.number)
            // Of a field that is never read from this side nothing follows.
            guard isWritten || rule.flows(to: side.other) else { continue }
            guard let now = try? rule.read(record, on: side) else {
                stored.hasNews = true
                continue
            }
            if rule.isSame(now, asked, on: side) { continue }
            if isWritten { stored.values[rule.number] = now } else { stored.hasNews = true }
        }
        return stored
    }
}

extension Base {
    /// The base with what a side stored in the place of what it was given.
    package func with(_ stored: [Int: Value], on side: Side) -> Base {
        var base = self
        for (field, value) in stored where base.entries.indices.contains(field) {
            base.entries[field]?.values[side] = value
        }
        return base
    }

    /// The base, with nothing agreed on in some fields.
    package func without(_ fields: some Sequence<Int>) -> Base {
        var base = self
        for field in fields where base.entries.indices.contains(field) { base.entries[field] = nil }
        return base
    }

    /// The base as files have it.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        encode(to: &bytes)
        return bytes
    }
}
