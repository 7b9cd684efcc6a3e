import Diagnostics
import Model
import Runner

extension Session {
    /// Shows what the job files as they are do differently from those of a revision or another folder.
    func compare(
        _ names: [String], against earlier: String, isDetailed: Bool, as format: PlanFormat
    ) async throws(Refused) -> CommandEnd {
        let after = try load()
        let before = try await load(against: earlier)
        let mistakes = AgainstMistakes(
            earlier: earlier, before: self.mistakes(of: names, before), after: self.mistakes(of: names, after))
        let progress = progress()
        let differences: [SyncDifference]
        do {
            differences = try await Against(before: before, after: after, world: world) { progress?.note($0) }
                .compare(names)
        } catch {
            throw refuse(error)
        }
        switch format {
        case .human:
            let screen = screen
            let pieces = Pieces { console.out(screen.fit($0)) }
            AgainstView(session: self, before: before, after: after, mistakes: mistakes) { pieces.add($0) }
                .show(differences)
            pieces.flush()
        case .json: answer(AgainstJSON(mistakes: mistakes).object(differences))
        case .markdown:
            let view = AgainstMarkdown(session: plain, before: before, after: after, mistakes: mistakes)
            console.out(view.text(differences))
        }
        let detail = isDetailed && differences.contains { !$0.isEmpty } ? CommandEnd.planNotEmpty : .inStep
        return .gravest(differences.map(CommandEnd.init) + [CommandEnd(of: mistakes.all), detail])
    }

    private func load(against earlier: String) async throws(Refused) -> Workspace {
        do {
            return try await Workspace.load(
                against: earlier, jobs: options.jobs, state: options.state, world: world)
        } catch {
            complain(error.sentence)
            if case .folder = error { throw Refused(status: .files) }
            throw Refused(status: .usage)
        }
    }

    /// The errors of the files that are needed; a person is told of them.
    private func mistakes(of names: [String], _ workspace: Workspace) -> [Diagnostic] {
        let jobs = Set(names.compactMap { $0.split(separator: "/", maxSplits: 1).first.map(String.init) })
        let wanted = names.isEmpty ? workspace.brokenJobs : workspace.brokenJobs.intersection(jobs)
        if wanted.isEmpty, !names.isEmpty { return [] }
        let found = workspace.diagnostics(of: wanted).filter {
            $0.severity == .error && !workspace.isAboutTests($0)
        }
        if !found.isEmpty, !isJSON { console.err(renderer(.errors, workspace).render(found)) }
        return found
    }
}

extension CommandEnd {
    /// What the difference of a sync comes to. A brake that stood before is no news.
    init(_ difference: SyncDifference) {
        let troubles = difference.troubles.map { CommandEnd(plan: $0.report) }
        self = .gravest(troubles + [difference.newBrakes.isEmpty ? .inStep : .brake])
    }
}
