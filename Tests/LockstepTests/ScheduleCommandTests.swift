import FileIO
import Foundation
import Glibc
import TestKit
import Testing
import Values

@testable import lockstep

@Suite("lockstep schedule")
struct ScheduleCommandTests {
    private func schedule(_ schedule: String, _ arguments: [String] = []) async throws -> String {
        let world = try TestWorld.inLondon()
        try world.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: csv, path: '@/desk'}
              portal: {type: jsonl, path: '@/portal'}
            """)
        try world.write(
            "jobs/helpdesk.yaml",
            """
            job: helpdesk
            timezone: Europe/London
            schedule: \(schedule)
            left: desk
            right: portal
            syncs:
              tickets: {left: tickets, right: requests, match: id <-> number, fields: [id <-> number]}
            """)
        let captured = CapturedConsole()
        _ = await world.run(["schedule", "--count", "2"] + arguments, on: captured.console)
        return captured.text(.output) + world.shown(captured.text(.errors))
    }

    @Test("warns of a slot that summer time skips")
    func skipped() async throws {
        #expect(
            try await schedule("30 1 * * sun") == """
                helpdesk/tickets: at 01:30 on Sunday, Europe/London
                  written     30 1 * * sun
                  last start  never
                  next        Sat 2026-11-21 10:00 +00:00  now
                              Sun 2026-11-22 01:30 +00:00  in 15 h
                  warning: on Sun 2027-03-28 the clocks go from 01:00 to 02:00: the slot 01:30 does not exist, and runs at 02:00

                """)
    }

    @Test("warns of slots that pause while an hour comes again")
    func twice() async throws {
        #expect(
            try await schedule("'*/10 * * * *'") == """
                helpdesk/tickets: every 10 minutes, Europe/London
                  written     */10 * * * *
                  last start  never
                  next        Sat 2026-11-21 10:00 +00:00  now
                              Sat 2026-11-21 10:10 +00:00  in 10 min
                  warning: on Sun 2027-10-31 the clocks go back from 02:00 to 01:00: slots that come twice run the first time \
                only, and nothing runs until 02:00; 'every' knows no such pause

                """)
    }

    @Test("warns of slots that all lie outside of the window")
    func outside() async throws {
        let shown = try await schedule("{cron: '0 6 * * *', window: '08:00-18:00'}")
        #expect(
            shown.contains(
                "\n  warning: its slots lie outside of its window: a start waits until that opens, as that of Sun 2026-11-22 06:00 "
                    + "waits until Sun 2026-11-22 08:00\n"), "\(shown)")
    }

    @Test("warns of no more than there is")
    func quiet() async throws {
        for text in ["every 10m", "0 2 * * *", "manual", "{cron: '30 1 1 6 *'}"] {
            #expect(try await !schedule(text).contains("warning"), "\(text)")
        }
    }

    @Test("says that a slot never comes, as check does")
    func never() async throws {
        #expect(
            try await schedule("'0 0 31 2 *'") == """
                jobs/helpdesk.yaml:3:11: error: no calendar has such a day: this never runs [bad-schedule]
                    3 | schedule: '0 0 31 2 *'
                      |           ^~~~~~~~~~~~

                """)
    }

    @Test("tells programs each start in UTC and on the clocks of the place")
    func json() async throws {
        let text = try await schedule("{every: 4h, window: '08:00-18:00'}", ["--format", "json"])
        #expect(
            text == """
                {"version":1,"now":"2026-11-21T10:00:00Z","syncs":[{"sync":"helpdesk/tickets","enabled":true,"paused":false,"kind":"every",\
                "schedule":"every 4h","words":"every 4 hours","timeZone":"Europe/London","window":"08:00-18:00","jitter":null,\
                "lastStart":null,"due":true,"next":[{"at":"2026-11-21T10:00:00Z","local":"2026-11-21T10:00:00+00:00"},\
                {"at":"2026-11-21T14:00:00Z","local":"2026-11-21T14:00:00+00:00"}],"warnings":[],"problem":null}],\
                "diagnostics":[]}

                """)
    }
}

@Suite("What starts Lockstep")
struct InstallationTests {
    private let plain = Installation(
        program: "/usr/local/bin/lockstep", folder: "/srv/sync", jobs: "jobs", state: "./.lockstep", names: [])
    private let odd = Installation(
        program: "/opt/it's 100% \"new\"/lockstep", folder: "/srv/a b$c", jobs: "/jobs $HOME/%h\\n", state: "späße;x",
        names: ["crm/people"])

    @Test("a line of a crontab")
    func crontab() {
        #expect(
            plain.crontab == """
                # Lockstep: each minute it runs what is due of /srv/sync/jobs. Add the line to what 'crontab -e' shows.
                # Variables that connections.yaml refers to have to be set above it, as NAME=value: cron passes on no others.
                * * * * * cd /srv/sync && /usr/local/bin/lockstep run --jobs /srv/sync/jobs --state /srv/sync/.lockstep \
                --on-locked skip

                """)
        #expect(
            odd.crontabLine == #"""
                * * * * * cd '/srv/a b$c' && '/opt/it'\''s 100\% "new"/lockstep' run crm/people --jobs '/jobs $HOME/\%h\n' \#
                --state '/srv/a b$c/späße;x' --on-locked skip
                """#)
    }

    /// What cron does to a line before the shell has it: a '%' with a backslash before it is a '%'.
    @Test("a crontab's command comes to the program as it was meant, whatever the paths are")
    func shell() throws {
        let folder = try ScratchFolder()
        let odd = folder.path + "/it's 100% \"odd\" $HOME `x` \\ ü;&"
        try Disk().makeFolder(odd)
        let script = "#!/bin/sh\n{ pwd; printf '%s\\n' \"$@\"; } >\(folder.path)/said\n"
        try Disk().replace(odd + "/lockstep", with: Array(script.utf8), mode: 0o755)
        let installation = Installation(
            program: odd + "/lockstep", folder: odd, jobs: "jobs", state: "st%ate", names: ["crm/people"])
        let command = installation.crontabLine.dropFirst("* * * * * ".count).replacing("\\%", with: "%")
        #expect(!installation.crontabLine.replacing("\\%", with: "").contains("%"))
        #expect(try Self.shell(String(command)) == 0)
        let said = String(decoding: try Disk().read(folder.path + "/said"), as: UTF8.self)
        #expect(
            said == """
                \(odd)
                run
                crm/people
                --jobs
                \(odd)/jobs
                --state
                \(odd)/st%ate
                --on-locked
                skip

                """)
    }

    @Test("units of systemd")
    func systemd() {
        let command = "/usr/local/bin/lockstep run --jobs /srv/sync/jobs --state /srv/sync/.lockstep --on-locked skip"
        #expect(plain.systemd.contains("\nExecStart=\(command)\n"))
        #expect(plain.systemd.contains("\nWorkingDirectory=/srv/sync\n"))
        #expect(odd.systemd.contains(#"ExecStart="/opt/it's 100%% \"new\"/lockstep" run crm/people --jobs "#))
        #expect(odd.systemd.contains(#" --jobs "/jobs $$HOME/%%h\\n" --state "/srv/a b$$c/späße;x" --on-locked skip"#))
        #expect(odd.systemd.contains("\nWorkingDirectory=/srv/a b$c\n"))
    }

    @Test(
        "units of systemd are found right by systemd-analyze",
        .enabled(if: access("/usr/bin/systemd-analyze", X_OK) == 0, "no systemd-analyze"))
    func verified() throws {
        let folder = try ScratchFolder()
        let odd = folder.path + "/100% odd $HOME ü;&"
        try Disk().makeFolder(odd)
        try Disk().makeFolder(folder.path + "/it's \"quoted\"")
        try Disk().replace(odd + "/lockstep", with: Array("#!/bin/sh\n".utf8), mode: 0o755)
        for program in ["/bin/true", odd + "/lockstep"] {
            let installation = Installation(
                program: program, folder: folder.path + "/it's \"quoted\"", jobs: "jobs", state: odd + "/\\n",
                names: ["crm/people"])
            #expect(installation.problem(for: .systemd) == nil)
            for (name, text) in Self.units(installation.systemd) {
                try Disk().replace(folder.path + "/" + name, with: Array(text.utf8), mode: 0o644)
            }
            let units = ["lockstep.service", "lockstep.timer"].map { "'\(folder.path)/\($0)'" }.joined(separator: " ")
            let line = "systemd-analyze verify --man=no \(units) >'\(folder.path)/said' 2>&1"
            let code = try Self.shell(line)
            let said = String(decoding: try Disk().read(folder.path + "/said"), as: UTF8.self)
            #expect(code == 0 && !said.contains("lockstep."), "\(said)")
        }
    }

    /// The exit code of a line of shell.
    private static func shell(_ line: String) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// The files by their names: each begins with its path.
    private static func units(_ text: String) -> [(String, String)] {
        var files: [(String, String)] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# /etc/systemd/system/") {
                files.append((String(line.split(separator: "/").last ?? ""), ""))
            } else if !files.isEmpty {
                files[files.count - 1].1 += line + "\n"
            }
        }
        return files
    }

    @Test("a manifest and a workflow whose texts are quoted")
    func yaml() {
        #expect(plain.kubernetes.contains(#" command: ["/usr/local/bin/lockstep","run","--jobs","/srv/sync/jobs","#))
        #expect(odd.kubernetes.contains(#" workingDir: "/srv/a b$c""#))
        #expect(plain.github.contains(#" run: "/usr/local/bin/lockstep run --jobs /srv/sync/jobs "#))
        #expect(odd.github.contains(#" run: "'/opt/it'\\''s 100% \"new\"/lockstep' run crm/people "#))
    }

    @Test("is refused where a path cannot stand in it")
    func refused() {
        let broken = Installation(program: "/a\nb/lockstep", folder: "/", jobs: "jobs", state: "state", names: [])
        for starter in Starter.allCases { #expect(broken.problem(for: starter) != nil) }
        let long = String(repeating: "long/", count: 100)
        let far = Installation(program: "/lockstep", folder: "/", jobs: long + "jobs", state: long + "state", names: [])
        #expect(far.problem(for: .crontab) == "the paths are too long: a line of a crontab takes 998 bytes")
        #expect(far.problem(for: .systemd) == nil)
        #expect(odd.problem(for: .crontab) == nil)
        #expect(odd.problem(for: .systemd) == "systemd starts no program with a quote or a backslash in its path")
    }
}
