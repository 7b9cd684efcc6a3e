import Model
import StateStore
import Values

extension WhyReport {
    /// As it is, but that what mends it asks for syncs with `--force` that were asked for a moment ago: without, they
    /// would be refused.
    func forcing(_ workspace: Workspace, _ world: World) -> WhyReport {
        var report = self
        for at in conditions.indices {
            report.conditions[at].remedies = conditions[at].remedies.map { remedy in
                Remedy(
                    remedy.steps.map { step in
                        guard case .command(let words) = step, words.first == "run", words.last == "--now",
                            let sync = SyncName(words[1]), Self.wasAsked(sync, workspace, world)
                        else { return step }
                        return .command(words + ["--force"])
                    })
            }
        }
        return report
    }

    private static func wasAsked(_ sync: SyncName, _ workspace: Workspace, _ world: World) -> Bool {
        let folder = workspace.state(of: sync, world)
        guard let header = try? folder.header() else { return false }
        let asked = AskedFor(isForced: false)
        return asked.earliest(header, definition: header.definition, now: world.now()) != nil
    }
}
