import Model
import Values

/// Writes that took effect, and of which the system did not tell what it stored: the base of the written side is what is read back.
struct ReadBack {
    /// The numbers of their operations, each with the id of the record.
    private(set) var records: [(number: Int, id: RecordID, given: RecordID?)] = []

    var isEmpty: Bool { records.isEmpty }

    /// Takes a write whose answer does not tell what was stored.
    mutating func takes(_ outcome: WriteOutcome, of number: Int, _ plan: Plan) -> Bool {
        let operation = plan.operations[number]
        guard case .stored(.none, let record) = outcome, record?.content == nil, operation.verb != .delete else {
            return false
        }
        records.append((number, record?.id ?? plan.id(operation.target), record?.id))
        return true
    }

    mutating func clear() { records = [] }

    /// The links of the records, where they had one before.
    func links(in plan: Plan) -> Set<Int> {
        Set(records.map { Int(plan.operations[$0.number].link) }.filter { $0 >= 0 })
    }

    /// What came of the writes, by what a reading found.
    func outcomes(_ snapshot: Snapshot) -> [(number: Int, outcome: WriteOutcome)] {
        var kept: [RecordID: Int] = [:]
        for number in snapshot.kept.indices { kept[snapshot.id(number)] = number }
        return records.map { number, id, given in
            guard let found = kept[id], let object = try? snapshot.decode(found) else {
                return (number, .stored(.none, as: StoredRecord(id: given)))
            }
            return (
                number,
                .stored(snapshot.kept[found].fingerprint, as: StoredRecord(id: given, content: .object(object)))
            )
        }
    }
}

extension Run {
    /// Reads records as they are now: by their ids where that can be done, else with all others. Those of some links are kept whether
    /// they changed or not.
    func readNow(
        _ ids: [RecordID], _ wanted: Set<Int>, _ side: Side, _ links: LinkTable
    ) async throws(RunFailure) -> Snapshot {
        let known = KnownRecords(links: links, side: side, wanted: wanted)
        var snapshot: Snapshot
        do {
            snapshot = try await endpoints[side].read(
                known, endpoints[side].capabilities.readsByID ? .only(ids) : .whole)
        } catch {
            throw .endpoint(side, error)
        }
        // One that may not be seen is not as it was: it is unknown.
        if !snapshot.isWhole { snapshot.note(asked: wanted) }
        return snapshot
    }
}
