import Model
import Values

/// The keys under which creates are asked for, where a system remembers them.
enum CreateKey {
    /// The key of the create whose intent stands in a line of a run's file: the same whenever that is read again, and no other's.
    static func text(sync: SyncName, run: String, line: Int) -> String {
        "\(Fingerprint(of: Array(sync.description.utf8)))-\(run)-\(line)"
    }
}
