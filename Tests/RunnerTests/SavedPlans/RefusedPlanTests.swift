import FileIO
import Model
import Runner
import StateStore
import TestKit
import Testing

@Suite("Saved plans that are refused as a whole")
struct RefusedPlanTests {
    private func edited() async throws -> Story { try await ApplyTests().edited() }

    private func refusal(
        _ edit: (Story) async throws -> Void, after prepare: (Story) async throws -> Void = { _ in }
    ) async throws -> String {
        let story = try await edited()
        try await prepare(story)
        let plan = try await story.savedPlan()
        try await edit(story)
        let before = try story.data()
        let told = try await story.apply(plan)
        #expect(try story.data() == before)
        return told.replacing(story.path + "/", with: "")
    }

    private func redefined(_ parts: String) -> String {
        "crm/things: the job files say something else than when the plan was made: \(parts). Make a new plan with 'lockstep plan --out'"
    }

    @Test(
        "where the job files say something else, what changed is told",
        arguments: [
            ("filter: 'note != \"hidden\"'", "filter: 'note != \"other\"'", "changed: the filter on the left"),
            ("deletes: propagate", "deletes: ignore", "changed: 'deletes'"),
            ("- note <-> memo", "- note -> memo", "new: 'note -> memo'; gone: 'note <-> memo'"),
            ("match: name <-> title", "match: id <-> id", "changed: 'match'"),
            ("match:", "conflicts: left\n    match:", "changed: 'conflicts', 'name <-> title', 'note <-> memo'"),
            ("desk", "shop", "changed: the connection on the left"),
            (
                "      - name <-> title\n      - note <-> memo", "      - note <-> memo\n      - name <-> title",
                "changed: the order of the fields"
            ),
        ])
    func jobFile(old: String, new: String, told: String) async throws {
        let refusal = try await refusal { story in
            if old == "desk" {
                try story.edit("jobs/connections.yaml", "desk: {type: jsonl", "desk: {type: json")
            } else {
                try story.edit("jobs/crm.yaml", old, new)
            }
        }
        #expect(refusal == redefined(told))
    }

    @Test("comments, limits and schedules are nothing that a plan was made from")
    func unchanged() async throws {
        let told = try await refusalFree { story in
            try story.edit("jobs/crm.yaml", "updates: 100%", "updates: 90%")
            try story.write("jobs/crm.yaml", "# A remark.\n" + (try story.text("jobs/crm.yaml")))
        }
        #expect(told == "things left +1 ~2 -1, right +2 ~2 -1")
    }

    private func refusalFree(_ edit: (Story) throws -> Void) async throws -> String {
        let story = try await edited()
        let plan = try await story.savedPlan()
        try edit(story)
        return try await story.apply(plan)
    }

    @Test("a sync that is no more is told")
    func noSync() async throws {
        let told = try await refusal { story in try story.edit("jobs/crm.yaml", "  things:\n", "  others:\n") }
        #expect(
            told
                == "the plan is about crm/things, and the job files have no such sync that can be used. Make a new plan with 'lockstep plan --out'"
        )
    }

    @Test("another state folder is told, and so is one that is older than the plan")
    func state() async throws {
        let told = try await refusal { story in
            try Disk().rename(story.path + "/state", to: story.path + "/other")
        } after: { story in
            try await story.run()
            try story.edit("left/things.jsonl", #""name":"n9","note":"a""#, #""name":"n9","note":"b""#)
        }
        #expect(
            told == """
                crm/things: the state in state/crm/things is not the one that the plan was made with: that had come to \
                run 00000002-20261121T100000, this one to no run with writes. Name the folder with '--state', or make a \
                new plan with 'lockstep plan --out'
                """)
    }

    @Test("a state whose runs have the same numbers and other times is another")
    func otherRuns() async throws {
        var other = try await edited()
        other.clock = "2026-11-22T10:00:00Z"
        try await other.run()
        let story = try await edited()
        try await story.run()
        try story.edit("left/things.jsonl", #""name":"n9","note":"a""#, #""name":"n9","note":"b""#)
        let plan = try await story.savedPlan()
        try Disk().rename(story.path + "/state", to: story.path + "/former")
        try Disk().rename(other.path + "/state", to: story.path + "/state")
        let before = try story.data()
        #expect(
            try await story.apply(plan).contains(
                "had come to run 00000002-20261121T100000, this one to run 00000002-20261122T100000"))
        #expect(try story.data() == before)
    }

    @Test("a brake that stood against the plan is lifted by its digest, and by no other")
    func brake() async throws {
        let story = try await edited()
        try story.edit("jobs/crm.yaml", "updates: 100%", "updates: 1")
        let plan = try await story.savedPlan()
        let digest = try #require(plan.syncs.first?.digest)
        #expect(plan.syncs.first?.brakes.map(\.limit) == ["updates", "updates"])
        let before = try story.data()
        #expect(try await story.apply(plan).hasPrefix("things brake: "))
        #expect(
            try await story.apply(plan, accepting: ["0123456789abcdef"])
                == "no plan of the file has the digest '0123456789abcdef': 'lockstep plan' shows it where a brake stands against the plan"
        )
        #expect(try story.data() == before)
        #expect(try await story.apply(plan, accepting: [digest]) == "things left +1 ~2 -1, right +2 ~2 -1")
    }

    @Test("a brake that nobody has seen yet is not lifted by accepting the plan")
    func unseenBrake() async throws {
        let story = try await edited()
        try story.edit("jobs/crm.yaml", "updates: 100%", "updates: 1")
        let plan = try await story.savedPlan()
        let digest = try #require(plan.syncs.first?.digest)
        try story.edit("jobs/crm.yaml", "deletes: 100%", "deletes: 0")
        let told = try await story.apply(plan, accepting: [digest])
        #expect(told.hasPrefix("things brake: ") && !told.contains("update"))
    }

    @Test("a paused job and one that is not enabled are left alone")
    func asleep() async throws {
        let story = try await edited()
        let plan = try await story.savedPlan()
        let before = try story.data()
        try story.edit("jobs/crm.yaml", "job: crm\n", "job: crm\nenabled: false\n")
        #expect(try await story.apply(plan) == "things disabled")
        try story.edit("jobs/crm.yaml", "enabled: false\n", "")
        _ = try story.workspace().pause(Selection(), reason: "", world: story.world)
        #expect(try await story.apply(plan) == "things paused")
        #expect(try story.data() == before)
    }
}
