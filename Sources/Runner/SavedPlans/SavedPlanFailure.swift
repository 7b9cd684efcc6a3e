package import FileIO
package import Model

/// Why a saved plan cannot be applied at all.
package enum SavedPlanFailure: Error, Sendable {
    case file(FileFailure)
    /// It is no file of a plan, or not as it was written.
    case damaged(path: String, reason: String)
    /// It has another version than this Lockstep reads.
    case version(path: String, Int)
    /// The jobs folder has no such sync any more, or its file has mistakes.
    case noSync(SyncName)
    /// The job files say something else: the parts that changed, that are new and that are gone.
    case redefined(SyncName, changed: [String], new: [String], gone: [String])
    /// The state is not the one that the plan was made with, nor what became of it.
    case anotherState(SyncName, path: String, plan: StatePosition, now: StatePosition)
    case state(SyncName, String)
    /// Digests that were accepted and are those of no plan in the file.
    case notInFile([String])
}

extension SavedPlanFailure {
    /// Whether a file is what stands in the way, and not what became of the jobs since.
    package var isOfFiles: Bool {
        switch self {
        case .file, .damaged, .version, .state: true
        case .noSync, .redefined, .anotherState, .notInFile: false
        }
    }

    /// Whether the command line names what there is not.
    package var isUsage: Bool { if case .notInFile = self { true } else { false } }

    package var sentence: String {
        switch self {
        case .file(let failure): return failure.description
        case .damaged(let path, let reason):
            return "\(path) is no plan as 'lockstep plan --out' wrote it: \(reason). \(Self.remedy)"
        case .version(let path, let version):
            return
                "\(path) has version \(version), and this Lockstep reads version \(SavedPlan.version). \(Self.remedy)"
        case .noSync(let sync):
            return "the plan is about \(sync), and the job files have no such sync that can be used. \(Self.remedy)"
        case .redefined(let sync, let changed, let new, let gone):
            let parts = [("changed", changed), ("new", new), ("gone", gone)].filter { !$0.1.isEmpty }
                .map { "\($0.0): \(Self.listed($0.1))" }
            return
                "\(sync): the job files say something else than when the plan was made: \(parts.joined(separator: "; ")). \(Self.remedy)"
        case .anotherState(let sync, let path, let plan, let now):
            return
                "\(sync): the state in \(path) is not the one that the plan was made with: that had come to \(Self.words(plan)), this one to \(Self.words(now)). Name the folder with '--state', or make a new plan with 'lockstep plan --out'"
        case .state(let sync, let sentence): return "\(sync): \(sentence)"
        case .notInFile(let digests):
            return
                "no plan of the file has the digest \(digests.map { "'\($0)'" }.joined(separator: " or ")): 'lockstep plan' shows it where a brake stands against the plan"
        }
    }

    private static let remedy = "Make a new plan with 'lockstep plan --out'"

    private static func words(_ position: StatePosition) -> String {
        position.lastRun.isEmpty ? "no run with writes" : "run \(position.lastRun)"
    }

    private static func listed(_ names: [String]) -> String {
        let rest = names.count - 8
        return names.sorted().prefix(8).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
