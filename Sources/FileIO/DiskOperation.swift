/// One thing that Lockstep asks the disk to do: what a test counts, and where it makes the disk fail or the process die.
package struct DiskOperation: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case open, read, write, sync, rename, remove, truncate, lock, list
        case look = "look at"
        case changeOwner = "keep the owner of"
        case makeFolder = "make the folder"
        case syncFolder = "sync the folder of"
    }

    package var kind: Kind
    package var path: String

    package init(_ kind: Kind, _ path: String) {
        self.kind = kind
        self.path = path
    }
}
