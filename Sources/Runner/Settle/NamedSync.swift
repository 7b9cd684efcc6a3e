package import Model

/// A sync as a person names it, with its job files and its state, and how its collections are reached.
package struct NamedSync: Sendable {
    package let name: SyncName
    let workspace: Workspace
    let world: World
    private let connect: Connector

    package init(_ name: SyncName, _ workspace: Workspace, world: World, connect: Connector = .catalogue) {
        self.name = name
        self.workspace = workspace
        self.world = world
        self.connect = connect
    }

    /// Opens it, as ``OpenSync`` says.
    func open(isToWrite: Bool, doubtsMatter: Bool = true) throws(SettleFailure) -> OpenSync {
        try OpenSync(name, of: workspace, world, connect, isToWrite: isToWrite, doubtsMatter: doubtsMatter)
    }
}
