import Model
import Values

/// Finds the kept records of a snapshot.
struct RecordsByID: Sendable {
    private var byLink: [Int: Int] = [:]
    private var unlinked: IDIndex
    private var numbers: [Int]

    init(_ snapshot: Snapshot) {
        for (number, record) in snapshot.kept.enumerated() where record.link >= 0 {
            byLink[Int(record.link)] = number
        }
        unlinked = snapshot.unlinkedIDs()
        numbers = snapshot.kept.indices.filter { snapshot.kept[$0].link < 0 }
    }

    /// The number of a link's record, where it is there and was kept.
    func number(of link: Int) -> Int? { byLink[link] }

    /// The number of a record that has no link.
    func number(of id: RecordID) -> Int? { unlinked.find(id).map { numbers[$0] } }
}
