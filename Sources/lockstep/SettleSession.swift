import ArgumentParser
import Diagnostics
import Model
import Runner

// What the commands share by which a person settles something of one sync.
extension Session {
    /// Loads the jobs folder; where the job that is named, or with none any, has an error, that has been said.
    func settling(_ name: String?) throws(Refused) -> Workspace {
        let opened = try open(name.map { [$0] } ?? [])
        if opened.selection == nil { throw Refused(status: opened.status) }
        return opened.workspace
    }

    /// The one sync that a name means: `helpdesk/tickets`, or a job that has but one.
    func sync(_ name: String, of workspace: Workspace) throws(Refused) -> SyncName {
        let syncs = workspace.syncNames(of: name)
        if syncs.count == 1 { return syncs[0] }
        complain(
            "'\(name)' has \(syncs.count) syncs: name one of them, \(syncs.map { "'\($0)'" }.joined(separator: " or "))"
        )
        throw Refused(status: .usage)
    }

    /// The one sync that a name means, in the jobs folder.
    func namedSync(_ name: String) throws(Refused) -> NamedSync {
        let workspace = try settling(name)
        return NamedSync(try sync(name, of: workspace), workspace, world: world)
    }

    /// Says why what was asked was not done.
    func complain(_ failure: SettleFailure) -> CommandEnd {
        if case .run(let run) = failure, !run.mistakes.isEmpty {
            console.err(renderer(.errors, nil).render(run.mistakes))
        } else {
            complain(failure.sentence)
        }
        return CommandEnd(failure)
    }
}

extension CommandEnd {
    init(_ failure: SettleFailure) {
        if failure.isLocked {
            self = .locked
        } else if case .run(let run) = failure {
            self = CommandEnd(run)
        } else {
            self = failure.isUsage ? .usage : .needsSomeone
        }
    }
}

extension Session {
    /// Settles something, and tells what came of it.
    ///
    /// - Parameters:
    ///   - done: what is done, behind the number of records.
    ///   - none: what to say where there is nothing to settle.
    func settle(
        _ done: String, none: String = "nothing to do", _ body: () async throws(SettleFailure) -> SettleReport
    ) async -> CommandEnd {
        do throws(SettleFailure) {
            let report = try await body()
            let view = SettleView(session: self, done: done, none: none)
            if isJSON { answer(view.object(report)) } else { say(view.text(report)) }
            return report.leftAlone.isEmpty ? .inStep : .needsSomeone
        } catch {
            return complain(error)
        }
    }
}

extension WantedRecords {
    static func from(_ ids: [String], all: Bool) -> WantedRecords {
        all ? .all : .named(ids.map(RecordName.init))
    }

    static func validate(_ ids: [String], all: Bool) throws {
        if all && !ids.isEmpty { throw ValidationError("name records, or give '--all', not both") }
        if !all && ids.isEmpty { throw ValidationError("name at least one record, or give '--all'") }
    }
}
