import FileIO
import JobFiles
import Model
import StateStore
import Synchronization
import TestKit
import Testing
import Values

@testable import Runner

/// Messages that arrive at real servers on this machine.
@Suite("Messages that arrive", .serialized) struct DeliveryTests {
    private static let all = "[run_failed, record_failed, held, conflict, connection_broken, brake, recovered]"

    @Test(
        "a thousand failing records are one message, signed, and their end is another",
        .enabled(if: Receiver.hasWeb, "python3 or curl is missing"))
    func thousand() async throws {
        let receiver = try await Receiver(.http)
        var told = try ToldRun(
            """
              - to: {webhook: {url: "http://127.0.0.1:\(receiver.port)/hook", secret: "${KEY}", headers: {X-Team: ops}}}
                on: \(Self.all)
            """, records: 1_000)
        told.variables = ["KEY": Receiver.key]
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 100_000)
        #expect(try await told.run(at: 0) == [])
        #expect(try await told.run(at: 60) == [])
        #expect(try await told.run(at: 120) == [])
        let requests = try receiver.received()
        let request = try #require(requests.first)
        #expect(requests.count == 1)
        #expect(request.at("signature") == "right")
        #expect(request.at("headers", "x-team") == "ops")
        #expect(request.at("headers", "content-type") == "application/json")
        let body = try #require(try JSON.parse(Array(request.at("body").utf8)).object)
        let event = try #require(body["events"]?.list?.first?.object)
        #expect(body["events"]?.list?.count == 1)
        #expect(event.at("event") == "record_failed")
        #expect(event.at("subject") == "crm/first")
        #expect(event["count"] == .int(1_000))
        #expect(event["records"]?.list?.count == 10)
        #expect(body.at("text").contains("\n  and 990 more\n"))

        told["shop/first"].heal()
        #expect(try await told.run(at: 100_000) == [])
        #expect(try await told.run(at: 100_060) == [])
        let later = try receiver.received().dropFirst()
        #expect(later.count == 1)
        #expect(later.first?.at("body").contains("no record fails any more") == true)
    }

    @Test(
        "a token that is revoked in the middle of a run is one message, whatever number of syncs it stops; so is its return",
        .enabled(if: Receiver.hasWeb, "python3 or curl is missing"))
    func revoked() async throws {
        let receiver = try await Receiver(.http)
        var told = try ToldRun(
            """
              - to: {slack: "${URL}"}
                on: \(Self.all)
            """)
        told.variables = ["URL": "http://127.0.0.1:\(receiver.port)/services/T1/B2/token"]
        #expect(try await told.run(at: 0) == [])
        #expect(try receiver.received().isEmpty)
        for (number, name) in ["desk/first", "desk/second"].enumerated() {
            told[name].put(["id": .int(Int64(10 + number)), "note": .text("new")])
        }
        for name in ["shop/first", "shop/second"] {
            told[name].forgetCalls()
            told[name].fail(.unauthorised, at: 2, times: 1_000)
        }
        for minute in 1...4 { #expect(try await told.run(at: Int64(minute) * 60) == []) }
        let broken = try receiver.received()
        #expect(broken.count == 1)
        #expect(broken.first?.at("path") == "/services/T1/B2/token")
        #expect(broken.first?.at("body").contains("the connection 'shop' does not work") == true)
        #expect(broken.first?.at("body").contains("crm/") == false)

        for name in ["shop/first", "shop/second"] { told[name].heal() }
        for minute in 5...7 { #expect(try await told.run(at: Int64(minute) * 60) == []) }
        let all = try receiver.received()
        #expect(all.count == 2)
        #expect(all.last?.at("body").contains("the connection 'shop' works again") == true)
    }

    @Test(
        "mail arrives over STARTTLS after a login",
        .enabled(if: Receiver.hasMail, "aiosmtpd, curl or openssl is missing"))
    func mail() async throws {
        let receiver = try await Receiver(.smtp)
        var told = try ToldRun(
            """
              - to:
                  email:
                    to: [ops@example.com, b@example.com]
                    from: lockstep@example.com
                    server: smtp://127.0.0.1:\(receiver.port)
                    user: lockstep
                    password: ${KEY}
                on: \(Self.all)
                ca_file: \(receiver.certificate)
            """)
        told.variables = ["KEY": Receiver.key]
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        #expect(try await told.run(at: 0) == [])
        #expect(try await told.run(at: 60) == [])
        let mails = try receiver.received()
        let mail = try #require(mails.first)
        #expect(mails.count == 1)
        #expect(mail["tls"] == .bool(true))
        #expect(mail["authenticated"] == .bool(true))
        #expect(mail["to"] == .list([.text("ops@example.com"), .text("b@example.com")]))
        #expect(mail.at("headers", "subject") == "Lockstep: crm/first: 2 records failed")
        #expect(mail.at("headers", "date") == "Sat, 21 Nov 2026 10:00:00 +0000")
        #expect(mail.at("body").hasPrefix("crm/first: 2 records failed\n  left 1: the right refused it"))
        #expect(mail["defects"] == .list([]))
    }

    @Test(
        "mail goes nowhere with a wrong password, nor to a server that nobody vouches for",
        .enabled(if: Receiver.hasMail, "aiosmtpd, curl or openssl is missing"))
    func mailRefused() async throws {
        let receiver = try await Receiver(.smtp)
        func problem(_ password: String, _ certificates: String) async throws -> String? {
            var told = try ToldRun(
                """
                  - to: {email: {to: a@b.c, from: a@b.c, server: "smtp://127.0.0.1:\(receiver.port)", user: lockstep, password: "${KEY}"}}
                    on: held
                \(certificates)
                """)
            told.variables = ["KEY": password]
            let world = told.world(at: 0)
            let workspace = try told.workspace(world)
            let notifier = try #require(workspace.checked.notifiers.first)
            return await Notifying(workspace, world).test(notifier)
        }
        let trusted = "    ca_file: \(receiver.certificate)"
        #expect(try await problem(Receiver.key, trusted) == nil)
        let denied = try #require(try await problem("wrong-password", trusted))
        #expect(denied.hasPrefix("curl ended with 67"))
        #expect(!denied.contains("wrong-password"))
        #expect(try await problem(Receiver.key, "")?.hasPrefix("curl ended with 60") == true)
        #expect(try receiver.received().count == 1)
    }

    @Test(
        "a heartbeat hears of the beginning and the end of every run, by the run's own name",
        .enabled(if: Receiver.hasWeb, "python3 or curl is missing"))
    func heartbeat() async throws {
        let receiver = try await Receiver(.http)
        let told = try ToldRun("  - to: {heartbeat: \"http://127.0.0.1:\(receiver.port)/ping/abc\"}")
        #expect(try await told.run(at: 0) == [])
        told["shop/first"].fail(.unauthorised, at: 1, times: 1_000)
        told["desk/first"].put(["id": .int(7), "note": .text("new")])
        told["shop/first"].forgetCalls()
        #expect(try await told.run(at: 60) == [])
        let paths = try receiver.received().map { $0.at("path") }
        let names = paths.map { String($0.split(separator: "=").last ?? "") }
        #expect(
            paths.map { $0.prefix { $0 != "?" } } == ["/ping/abc/start", "/ping/abc", "/ping/abc/start", "/ping/abc/1"])
        #expect(names[0] == names[1] && names[2] == names[3] && names[0] != names[2])
    }

    @Test(
        "a server that refuses is told of, to people and to the other notifiers, once; what it missed it is told later",
        .enabled(if: Receiver.hasWeb, "python3 or curl is missing"),
        arguments: [
            ("/fail/500", "the requested URL returned error: 500"),
            ("/moved", "the server answered with the status 302"),
        ])
    func refused(path: String, words: String) async throws {
        let receiver = try await Receiver(.http)
        let base = "http://127.0.0.1:\(receiver.port)"
        var told = try ToldRun(
            """
              - {name: bad, to: {webhook: {url: "${URL}"}}, on: \(Self.all)}
              - {name: good, to: {slack: "\(base)/good"}, on: [brake, recovered]}
            """)
        told.variables = ["URL": base + path]
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        let problems = try await told.run(at: 0)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("the notifier 'bad' could not be told: ") == true)
        #expect(problems.first?.lowercased().contains(words.lowercased()) == true)
        // A run says it once, and status for as long as it is so.
        #expect(try await told.run(at: 60) == [])
        let good = { try receiver.received().filter { $0.at("path") == "/good" } }
        #expect(try good().count == 1)
        #expect(try good().first?.at("body").contains("the notifier 'bad' cannot be told anything") == true)
        #expect(try told.workspace(told.world(at: 61)).brokenNotifiers(told.world(at: 61)).map(\.name) == ["bad"])

        told.variables = ["URL": base + "/well"]
        #expect(try await told.run(at: 120) == [])
        let well = try receiver.received().filter { $0.at("path") == "/well" }
        #expect(well.count == 1)
        #expect(well.first?.at("body").contains("crm/first: 2 records failed") == true)
        #expect(try await told.run(at: 180) == [])
        #expect(try good().count == 2)
        #expect(try told.workspace(told.world(at: 181)).brokenNotifiers(told.world(at: 181)) == [])
    }

    @Test("no secret is in the arguments or the environment of curl, in the state, or in what is said of a failure")
    func secrets() async throws {
        var told = try ToldRun(
            """
              - {name: hook, to: {webhook: {url: "http://127.0.0.1:1/${TOKEN}", secret: "${KEY}", headers: {Authorization: "Bearer ${TOKEN}"}}}, on: \(Self.all)}
              - {name: mail, to: {email: {to: a@b.c, from: a@b.c, server: "smtp://127.0.0.1:1", user: u, password: "${KEY}"}}, on: \(Self.all)}
              - {name: slack, to: {slack: "http://127.0.0.1:1/${TOKEN}"}, on: \(Self.all)}
            """)
        told.variables = ["TOKEN": "token-4711", "KEY": "geheim-4711"]
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        let parcels = Mutex<[Parcel]>([])
        let problems = try await told.run(at: 0) { parcel in
            parcels.withLock { $0.append(parcel) }
            let said = String(decoding: parcel.input, as: UTF8.self).split(separator: "\n").joined(separator: " ")
            return ParcelEnd(.exited(7), output: said)
        }
        #expect(problems.count == 3)
        let open = parcels.withLock { $0.map { "\($0.program) \($0.arguments) \($0.environment)" } }
        #expect(open == Array(repeating: "curl [\"--disable\", \"--config\", \"-\"] [:]", count: 3))
        let state = try told.story.text("state/notifications.json")
        for text in problems + [state] { #expect(!text.contains("4711"), "\(text)") }
        #expect(state.contains("<redacted>"))
    }

    @Test("a program is given the text, and the message as JSON beside it")
    func command() async throws {
        let told = try ToldRun("")
        let folder = told.story.path
        let script =
            #"cat > \#(folder)/text; cat "$LOCKSTEP_JSON" > \#(folder)/json; echo "$LOCKSTEP_TITLE" > \#(folder)/title"#
        try told.notify("  - to:\n      command: [sh, -c, '\(script)']\n    on: record_failed")
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        #expect(try await told.run(at: 0) == [])
        #expect(try told.story.text("text").hasPrefix("crm/first: 2 records failed\n"))
        #expect(try told.story.text("title") == "Lockstep: crm/first: 2 records failed\n")
        let object = try #require(try JSON.parse(try told.story.scratch.read("json")).object)
        #expect(object["events"]?.list?.count == 1)
    }

    @Test("the system's sendmail is given a mail, with the addresses behind its options")
    func sendmail() async throws {
        let told = try ToldRun("")
        let program = told.story.path + "/sendmail"
        try told.story.write(
            "sendmail", "#!/bin/sh\necho \"$@\" > \(told.story.path)/words\ncat > \(told.story.path)/mail\n")
        #expect(try Lockstep.spawn(["/bin/chmod", "700", program], output: nil).wait() == .exited(0))
        try told.notify(
            "  - {to: {sendmail: {to: [a@b.c, d@e.f], from: g@h.i, program: \(program)}}, on: record_failed}")
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        #expect(try await told.run(at: 0) == [])
        #expect(try told.story.text("words") == "-i -f g@h.i -- a@b.c d@e.f\n")
        let mail = try told.story.text("mail")
        #expect(mail.contains("\nSubject: Lockstep: crm/first: 2 records failed\n"))
        #expect(!mail.utf8.contains(0x0D))
    }

    @Test("a program that does not end holds a run up for its time and no longer, and what it missed is told later")
    func hangs() async throws {
        var told = try ToldRun("  - {to: {command: [sleep, '600']}, on: record_failed}")
        told.tellingTime = World.live.tellingTime
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        let problems = try await told.run(at: 0) { parcel in
            var parcel = parcel
            parcel.timeLimit = .seconds(1)
            return await ParcelProgram(parcel).run()
        }
        #expect(problems == ["the notifier 'command' could not be told: sleep did not end within 7 s"])
        try told.notify("  - {to: {command: [cat]}, on: record_failed}")
        #expect(try await told.run(at: 60) == [])
        #expect(try told.book().notifiers["command"]?.alerts.count == 1)
        #expect(try told.book().notifiers["command"]?.trouble == nil)
    }

    @Test("notifiers are told side by side, for ten seconds in all, once the state is saved and the lock released")
    func sideBySide() async throws {
        var told = try ToldRun(
            """
              - {name: a, to: {command: [a]}, on: record_failed}
              - {name: b, to: {slack: "http://127.0.0.1:1/x"}, on: record_failed}
              - {to: {heartbeat: "http://127.0.0.1:1/y"}}
            """)
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        told.tellingTime = World.live.tellingTime
        let folder = StateFolder(told.story.path + "/state", disk: Disk()).sync(SyncName(job: "crm", sync: "first"))
        let parcels = Mutex<[Parcel]>([])
        let heard = Mutex<[Int]>([])
        let problems = try await told.run(at: 0) { parcel in
            let number = parcels.withLock {
                $0.append(parcel)
                return $0.count
            }
            // The first is the heartbeat that says that the run begins.
            if number == 1 { return ParcelEnd(.exited(0)) }
            if let claim = try? folder.claim(holder: "the test"), let header = try? folder.header() {
                heard.withLock { $0.append(header.held) }
                _ = claim
            }
            // Each goes on only when all three are there.
            for _ in 0..<60_000 where parcels.withLock({ $0.count }) < 4 {
                try? await Task.sleep(for: .milliseconds(1))
            }
            return ParcelEnd(parcels.withLock { $0.count } == 4 ? .exited(0) : .timedOut)
        }
        #expect(problems == [])
        #expect(heard.withLock { $0.contains(2) })
        let limits = parcels.withLock { $0.map(\.timeLimit) }
        #expect(limits[0] <= .seconds(3))
        #expect(limits.dropFirst().allSatisfy { $0 <= .seconds(7) })
    }

    @Test(
        "a server that never answers is given up, and what it missed arrives once it answers",
        .enabled(if: Receiver.hasWeb, "python3 or curl is missing"))
    func neverAnswers() async throws {
        let receiver = try await Receiver(.http)
        var told = try ToldRun("  - {to: {slack: \"${URL}\"}, on: [record_failed, recovered]}")
        told.variables = ["URL": "http://127.0.0.1:\(receiver.port)/slow"]
        told.tellingTime = .seconds(10)
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        let problem = try #require(try await told.run(at: 0).first)
        #expect(problem.hasPrefix("the notifier 'slack' could not be told: curl ended with 28: "))
        told.variables = ["URL": "http://127.0.0.1:\(receiver.port)/well"]
        told.tellingTime = .seconds(200)
        #expect(try await told.run(at: 60) == [])
        #expect(try receiver.received().map { $0.at("path") } == ["/slow", "/well"])
    }

    @Test(
        "of two runs that end together one tells",
        .enabled(if: Receiver.hasWeb, "python3 or curl is missing"))
    func together() async throws {
        let receiver = try await Receiver(.http)
        let told = try ToldRun("  - {to: {slack: \"http://127.0.0.1:\(receiver.port)/x\"}, on: \(Self.all)}")
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        #expect(try await told.run(at: 0) { _ in ParcelEnd(.exited(1)) }.count == 1)
        var world = told.world(at: 60)
        world.pause = { try? await Task.sleep(for: $0) }
        let workspace = try told.workspace(world)
        let (first, second) = (Notifying(workspace, world), Notifying(workspace, world))
        async let one = first.end(["crm"]) { _ in 0 }
        async let two = second.end(["crm"]) { _ in 0 }
        let problems = await one + two
        #expect(problems == [])
        #expect(try receiver.received().count == 1)
    }

    @Test("while another run tells for long a run goes on without a word, and the next one tells")
    func longTelling() async throws {
        let told = try ToldRun("  - {to: {command: [cat]}, on: record_failed}")
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        let folder = StateFolder(told.story.path + "/state", disk: Disk())
        var claim = try folder.claimNotifications(holder: "another")
        #expect(claim != nil)
        #expect(try await told.run(at: 0) == [])
        #expect(try told.book() == NotifierBook())
        claim = nil
        #expect(try await told.run(at: 60) == [])
        #expect(try told.book().notifiers["command"]?.alerts.count == 1)
    }

    @Test("a file of what was told that is damaged stops no run, is never overwritten, and says what to do")
    func damaged() async throws {
        let told = try ToldRun("  - {to: {command: [cat]}, on: record_failed}")
        told["shop/first"].fail(.refused, at: 1, of: .write, times: 1_000)
        #expect(try await told.run(at: 0) == [])
        let wrong = try told.story.text("state/notifications.json").replacing("\"count\": 2", with: "\"count\": 3")
        try told.story.write("state/notifications.json", wrong)
        let problems = try await told.run(at: 60)
        #expect(problems.count == 1)
        #expect(problems.first?.hasSuffix("Remove it: what is open is told once more") == true)
        #expect(try told.story.text("state/notifications.json") == wrong)
    }
}
