import Runner

extension Session {
    /// Tells people what is new after a run. What could not be told is said, and changes nothing of how the run ended.
    ///
    /// - Parameters:
    ///   - jobs: the jobs that the run was about.
    ///   - ends: what came of each of their syncs.
    ///   - opened: nil for a run that no job file can keep from its end.
    func tell(
        _ notifying: Notifying, _ jobs: Set<String>, _ ends: [(job: String, end: CommandEnd)], _ opened: OpenedJobs?
    ) async {
        let broken = opened?.workspace.brokenJobs.intersection(jobs) ?? []
        let status = opened?.status ?? .inStep
        let problems = await notifying.end(jobs) { wanted in
            let ofJobs = ends.filter { wanted?.contains($0.job) ?? true }.map(\.end)
            let isBroken = wanted.map { !$0.isDisjoint(with: broken) } ?? (status != .inStep)
            return CommandEnd.gravest(ofJobs + (isBroken ? [.jobFile] : [])).rawValue
        }
        for problem in problems { complain(problem) }
    }
}
