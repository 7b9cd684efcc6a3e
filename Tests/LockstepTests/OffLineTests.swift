import Foundation
import Testing

/// Runs a program to which the kernel refuses every socket.
private enum Cage {
    static let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cage/without-sockets.py")
        .path

    /// Whether a socket is refused there.
    static let isThere: Bool = {
        let asked = try? Program.run(["python3", script, "/usr/bin/python3", "-c", "import socket; socket.socket()"])
        return asked?.status == 1 && asked?.output.contains("Permission denied") == true
    }()
}

/// What needs neither a system, nor a variable, nor the network: run in a process to which the kernel refuses every socket.
@Suite(.enabled(if: Cage.isThere, "needs python3, and a kernel that can refuse calls"))
struct OffLineTests {
    private static let connections = """
        connections:
          desk: {type: csv, path: '${DESK_FOLDER}'}
          portal: {type: jsonl, path: '${file:/nowhere/portal}'}
        notify:
          - to: {slack: '${SLACK_WEBHOOK}'}
            on: [run_failed]
        """
    private static let job = """
        job: crm
        left: desk
        right: portal
        syncs:
          tickets:
            left: {collection: tickets, filter: status != 'Spam'}
            right: requests
            match: title <-> title
            fields:
              - title <-> title
              - status <-> state:
                  values: {New: open, Closed: done}
        """
    private static let tests = """
        job: crm
        tests:
          - name: a new ticket is open
            sync: tickets
            left: {title: VPN down, status: New}
            expect:
              right: {title: VPN down, state: open}
        """

    @Test(
        "these commands ask nobody",
        arguments: [
            ["check"], ["check", "--format", "sarif"], ["test"], ["test", "--coverage"], ["schedule"],
            ["explain", "bad-arrow"],
            ["schema", "job"], ["eval", "1 + 1"], ["completions", "bash"], ["manual"], ["check", "crm"],
        ])
    func offLine(arguments: [String]) throws {
        let files = [("connections.yaml", Self.connections), ("crm.yaml", Self.job), ("crm.test.yaml", Self.tests)]
        let first = try Program.file(files[0].1, named: files[0].0)
        let jobs = first.deletingLastPathComponent()
        defer { try? FileManager.default.removeItem(at: jobs) }
        for (name, text) in files.dropFirst() { try Data(text.utf8).write(to: jobs.appending(path: name)) }
        let folders = ["check", "test", "schedule"].contains(arguments[0]) ? ["--jobs", jobs.path] : []
        let answer = try Program.run(["python3", Cage.script, Program.lockstep.path] + arguments + folders)
        #expect(answer.status == 0, "\(answer.output)")
        #expect(!answer.output.isEmpty)
    }

    @Test("a plan against other job files asks nobody either, where both sides are files here")
    func against() throws {
        let note = try Program.file("", named: "note")
        let folder = note.deletingLastPathComponent()
        defer { try? FileManager.default.removeItem(at: folder) }
        let example = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "examples/ci")
        for name in ["jobs", "data"] {
            try FileManager.default.copyItem(at: example.appending(path: name), to: folder.appending(path: name))
        }
        let line = """
            cd '\(folder.path)' && cp -r jobs before && sed -i "s/consent == 'yes'/first == 'Ada'/" jobs/contacts.yaml &&
            python3 '\(Cage.script)' '\(Program.lockstep.path)' plan --against before
            """
        let answer = try Program.run(["sh", "-c", line])
        #expect(answer.status == 0, "\(answer.output)")
        #expect(answer.output.contains("1 record leaves the scope on the left (2 before, 1 now)"), "\(answer.output)")
    }
}
