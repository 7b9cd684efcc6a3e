import Model
import Reconcile
import StateStore
import Values

extension Run {
    /// So many runs are looked back at, and no log that is larger: a field that is set back in turn is so run by run.
    private static let recentRuns = 40
    private static let largestLog: Int64 = 1 << 18

    /// What the last runs wrote to some links, where that can be too often.
    func recentWrites(to touched: [Int], _ links: LinkTable) throws(RunFailure) -> WriteHistory {
        try onState { () throws(StateFailure) in
            var history = WriteHistory()
            let updates = try folder.recentUpdates(
                runs: Self.recentRuns, largest: Self.largestLog,
                of: touched.map { Sides(left: links.id($0, .left), right: links.id($0, .right)) },
                often: WriteHistory.least, sync.fields.map(\.text))
            for write in updates {
                guard let left = write.ids.left, let right = write.ids.right, let base = write.base else { continue }
                for field in write.fields {
                    guard let number = field.number, let values = base.entries[number]?.values else { continue }
                    history.add(values, of: number, Sides(left: left, right: right))
                }
            }
            return history
        }
    }
}
