import FileIO
import TestKit
import Testing

@testable import lockstep

/// Whoever sits at a terminal is asked before an undo writes.
struct UndoAskingTests {
    private func world() async throws -> TestWorld {
        let world = try TestWorld()
        try world.write(
            "jobs/connections.yaml",
            "connections:\n  a: {type: csv, path: @/a}\n  b: {type: csv, path: @/b}\n")
        try world.write(
            "jobs/crm.yaml",
            """
            job: crm
            left: a
            right: b
            syncs:
              things: {left: things, right: things, match: name <-> name, fields: [name <-> name, note <-> note]}

            """)
        try world.write("a/things.csv", "id,name,note\n1,x,old\n")
        try world.write("b/things.csv", "id,name,note\n1,x,old\n")
        #expect(await world.run(["run"], on: CapturedConsole().console) == .inStep)
        try world.write("a/things.csv", "id,name,note\n1,x,new\n")
        #expect(await world.run(["run"], on: CapturedConsole().console) == .inStep)
        #expect(try world.read("b/things.csv") == "id,name,note\n1,x,new\n")
        return world
    }

    @Test("after a yes it writes, and says how to take that back", arguments: ["y", "yes", "Y"])
    func yes(answer: String) async throws {
        let world = try await world()
        let captured = CapturedConsole(isTerminal: true, columns: 120, answering: answer)
        let end = await world.run(["undo", "crm", "last", "--color", "never"], on: captured.console)
        #expect(end == .inStep)
        #expect(
            captured.text(.output) == """
                crm/things: undo of 00000002-20261121T100000: 1 update on the right
                  ~ update right 1
                      note: "new" → "old"
                make these writes? [y/N] crm/things: 1 updated on the right; to take it back: lockstep undo crm/things 00000003-20261121T100000

                """)
        #expect(try world.read("b/things.csv") == "id,name,note\n1,x,old\n")
    }

    @Test("after anything else it writes nothing", arguments: ["", "n", "no", "yep"])
    func no(answer: String) async throws {
        let world = try await world()
        let captured = CapturedConsole(isTerminal: true, answering: answer)
        #expect(await world.run(["undo", "crm", "last", "--color", "never"], on: captured.console) == .inStep)
        #expect(captured.text(.output).hasSuffix("make these writes? [y/N] nothing was written\n"))
        #expect(try world.read("b/things.csv") == "id,name,note\n1,x,new\n")
    }

    @Test("where nobody can be asked it writes nothing, and says so", arguments: [nil, "y"])
    func nobody(answer: String?) async throws {
        let world = try await world()
        // A terminal for answers alone, or a person without one.
        let captured = CapturedConsole(isTerminal: answer == nil, answering: answer)
        #expect(await world.run(["undo", "crm", "last"], on: captured.console) == .needsSomeone)
        #expect(captured.text(.errors).contains("nothing was written: say '--yes' to make these writes\n"))
        #expect(try world.read("b/things.csv") == "id,name,note\n1,x,new\n")
    }

    @Test("every command that settles something waits for nobody who holds the lock")
    func locked() async throws {
        let world = try await world()
        let lock = try Disk().lock(world.folder.path + "/.lockstep/crm/things/lock", holder: "somebody")
        for arguments in [
            ["undo", "crm", "last"], ["undo", "crm", "last", "--yes"], ["resolve", "crm", "1", "--take", "left"],
            ["link", "crm", "1", "1"], ["unlink", "crm", "1"], ["resync", "crm", "1"], ["verify", "crm"],
        ] {
            let captured = CapturedConsole()
            #expect(await world.run(arguments, on: captured.console) == .locked)
            #expect(captured.text(.errors) == "error: another run holds the lock: somebody\n")
        }
        withExtendedLifetime(lock) {}
    }
}
