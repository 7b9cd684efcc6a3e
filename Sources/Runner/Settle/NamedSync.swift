package import Model

/// A sync as a person names it, with its job files and its state.
package struct NamedSync: Sendable {
    package let name: SyncName
    let workspace: Workspace
    let world: World

    package init(_ name: SyncName, _ workspace: Workspace, world: World) {
        self.name = name
        self.workspace = workspace
        self.world = world
    }

    /// Opens it, as ``OpenSync`` says.
    func open(isToWrite: Bool, doubtsMatter: Bool = true) throws(SettleFailure) -> OpenSync {
        try OpenSync(name, of: workspace, world, isToWrite: isToWrite, doubtsMatter: doubtsMatter)
    }
}
