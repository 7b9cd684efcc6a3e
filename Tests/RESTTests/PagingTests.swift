import HTTP
import Model
import REST
import Synchronization
import TestKit
import Testing
import Values

@Suite("Paging")
struct PagingTests {
    private func list(_ rest: String) -> String {
        """
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
            list:
              request: GET /items
              records: body.items
              \(rest)
        """
    }

    /// Five records, by what is passed over.
    private static func slice(_ asked: Asked, _ most: Int, _ rest: String = "") -> Reply {
        let from = min(5, Int(asked["skip"] ?? "") ?? 0)
        return .ok(items(from + 1..<min(5, from + most) + 1, rest))
    }

    @Test("without paging the first answer has all")
    func single() async throws {
        let rig = try Rig(list("")) { _ in .ok(items(1..<4)) }
        #expect(try await rig.ids() == ["1", "2", "3"])
        #expect(rig.system.lines == ["GET /items"])
    }

    @Test("offsets go on until a page is empty, where nobody says how many there are")
    func offset() async throws {
        let rig = try Rig(list("page: {offset: skip, limit: {name: top, max: 2}}")) { Self.slice($0, 2) }
        #expect(try await rig.ids() == ["1", "2", "3", "4", "5"])
        #expect(
            rig.system.lines == [
                "GET /items?top=2&skip=0", "GET /items?top=2&skip=2", "GET /items?top=2&skip=4",
                "GET /items?top=2&skip=5",
            ])
    }

    @Test("a total ends offsets without an empty page")
    func total() async throws {
        let rig = try Rig(list("page: {offset: skip, limit: {name: top, max: 2}}\n      total: body.total")) {
            Self.slice($0, 2, #", "total": 5"#)
        }
        #expect(try await rig.ids() == ["1", "2", "3", "4", "5"])
        #expect(rig.system.lines.count == 3)
    }

    @Test("a system that gives fewer than it is asked for is asked on from where it stopped")
    func fewer() async throws {
        let rig = try Rig(list("page: {offset: skip, limit: {name: top, max: 100}}")) { Self.slice($0, 2) }
        #expect(try await rig.ids() == ["1", "2", "3", "4", "5"])
        #expect(rig.system.asked.map { $0["skip"] } == ["0", "2", "4", "5"])
    }

    @Test("a short page is the last only where the system promises it")
    func exact() async throws {
        let rig = try Rig(list("page: {offset: skip, limit: {name: top, max: 2, exact: true}}")) { Self.slice($0, 2) }
        #expect(try await rig.ids() == ["1", "2", "3", "4", "5"])
        #expect(rig.system.lines.count == 3)
    }

    private static func numbered(_ asked: Asked, first: Int, _ rest: (Int) -> String) -> Reply {
        let number = (Int(asked["p"] ?? "") ?? 0) - first
        return .ok(items(min(5, number * 2) + 1..<min(5, number * 2 + 2) + 1, rest(number)))
    }

    @Test("numbers of pages go up from the first until a page is empty")
    func numbers() async throws {
        let rig = try Rig(list("page: {number: p}")) { Self.numbered($0, first: 1) { _ in "" } }
        #expect(try await rig.ids().count == 5)
        #expect(rig.system.asked.map { $0["p"] } == ["1", "2", "3", "4"])
    }

    @Test("the count of pages ends them, and so does the word that no more follow")
    func counted() async throws {
        let pages = try Rig(list("page: {number: p, first: 0, pages: body.pages}")) {
            Self.numbered($0, first: 0) { _ in #", "pages": 3"# }
        }
        #expect(try await pages.ids().count == 5)
        #expect(pages.system.asked.map { $0["p"] } == ["0", "1", "2"])
        let more = try Rig(list("page: {number: p, more: body.more}")) {
            Self.numbered($0, first: 1) { #", "more": \#($0 < 2)"# }
        }
        #expect(try await more.ids().count == 5)
        #expect(more.system.asked.map { $0["p"] } == ["1", "2", "3"])
    }

    @Test("a token leads to the next page, in a parameter or in the body")
    func token() async throws {
        let rig = try Rig(list("page: {next: body.paging.next, token: after}")) { asked in
            asked["after"] == nil ? .ok(items(1..<3, #", "paging": {"next": "a b&c"}"#)) : .ok(items(3..<4))
        }
        #expect(try await rig.ids() == ["1", "2", "3"])
        #expect(rig.system.lines == ["GET /items", "GET /items?after=a%20b%26c"])
        let posted = list("body: \"{'page': page, 'size': size}\"\n      page: {next: body.next, limit: {max: 7}}")
            .replacing("GET /items", with: "POST /items/search")
        let search = try Rig(posted) { asked in
            asked.body["page"] == .null ? .ok(items(1..<3, #", "next": 9"#)) : .ok(items(3..<4))
        }
        #expect(try await search.ids() == ["1", "2", "3"])
        #expect(search.system.asked.map(\.text) == [#"{"page":null,"size":7}"#, #"{"page":9,"size":7}"#])
    }

    @Test("the answer or its header 'Link' has the address of the next page, which may be relative")
    func addresses() async throws {
        let rig = try Rig(list("page: {url: body.next, limit: {name: top, max: 2}}")) { asked in
            asked["at"] == nil ? .ok(items(1..<3, #", "next": "/items?at=2""#)) : .ok(items(3..<4))
        }
        #expect(try await rig.ids() == ["1", "2", "3"])
        #expect(rig.system.lines == ["GET /items?top=2", "GET /items?at=2"])
        let link = try Rig(list("page: {link: next}")) { asked in
            asked["at"] == nil
                ? .ok(items(1..<3), [(name: "link", value: "<https://desk.example/items?at=2>; rel=\"next\"")])
                : .ok(items(3..<4))
        }
        #expect(try await link.ids() == ["1", "2", "3"])
    }

    @Test("a next page on another server is not asked, and nothing is sent there")
    func elsewhere() async throws {
        for next in [
            "https://evil.example/items", "//evil.example/items", "http://desk.example/items",
            "https://desk.example:8443/items", "https://desk.example@evil.example/items",
            "https://desk.example.evil.example/",
        ] {
            let rig = try Rig(list("page: {url: body.next}")) { _ in
                .ok(items(1..<3, #", "next": \#(JSON.text(.text(next)))"#))
            }
            guard case .malformed(_, let message) = await rig.failure() else {
                Issue.record("\(next) was followed")
                continue
            }
            #expect(message.contains("next page"), "\(message)")
            #expect(rig.system.asked.map(\.origin) == ["https://desk.example"], "\(next)")
        }
    }

    @Test("pages that go round in a circle are an error")
    func circle() async throws {
        let token = try Rig(list("page: {next: body.next, token: after}")) { asked in
            .ok(items(1..<3, #", "next": "\#(asked["after"] == "a" ? "b" : "a")""#))
        }
        #expect(await token.failure() == .malformed(place: "", message: "the pages go round in a circle"))
        #expect(token.system.lines.count == 3)
        let address = try Rig(list("page: {url: body.next}")) { _ in .ok(items(1..<3, #", "next": "/items""#)) }
        #expect(await address.failure() == .malformed(place: "", message: "the pages go round in a circle"))
        let offset = try Rig(list("page: {offset: skip}")) { _ in .ok(items(1..<3)) }
        #expect(await offset.failure() == .malformed(place: "", message: "the pages go round in a circle"))
        #expect(offset.system.lines.count < 10)
        let number = try Rig(list("page: {number: p}")) { _ in .ok(items(1..<3)) }
        #expect(await number.failure() == .malformed(place: "", message: "the pages go round in a circle"))
    }

    @Test("an empty page with a token is not the last")
    func emptyPage() async throws {
        let rig = try Rig(list("page: {next: body.next, token: after}")) { asked in
            switch asked["after"] {
            case nil: .ok(items(1..<2, #", "next": "a""#))
            case "a": .ok(items(1..<1, #", "next": "b""#))
            default: .ok(items(2..<3))
            }
        }
        #expect(try await rig.ids() == ["1", "2"])
    }

    @Test("an answer that is no list is an error, and never an empty collection")
    func noList() async throws {
        for text in ["<html>log in</html>", "[]", #"{"items": "none"}"#, #"{"items": [1]}"#, "{}", "", "null", "{"] {
            let rig = try Rig(list("page: {offset: skip}")) { _ in .ok(text) }
            guard case .malformed = await rig.failure() else {
                Issue.record("\(text) was taken for a list")
                continue
            }
        }
    }

    @Test("a page that fails fails the reading: no record is taken for gone")
    func failingPage() async throws {
        let rig = try Rig(list("page: {offset: skip}")) { asked in
            asked["skip"] == "0" ? .ok(items(1..<3)) : .status(500)
        }
        guard case .unreachable = await rig.failure() else {
            Issue.record("a part was read")
            return
        }
    }

    @Test("a page that is put off is asked again when its time has come, and not those before it")
    func busyPage() async throws {
        let turnedAway = Mutex(0)
        let rig = try Rig(list("page: {offset: skip, limit: {name: top, max: 2}}")) { asked in
            let count = turnedAway.withLock { count in
                if asked["skip"] == "2" { count += 1 }
                return count
            }
            return asked["skip"] == "2" && count < 3 ? .status(429, "", [("Retry-After", "20")]) : Self.slice(asked, 2)
        }
        let begin = rig.time.clock.now()
        #expect(try await rig.ids() == ["1", "2", "3", "4", "5"])
        #expect(rig.system.asked.map { $0["skip"] } == ["0", "2", "2", "2", "4", "5"])
        #expect(rig.time.clock.now().since(begin) == .seconds(40))
    }

    @Test("a page that is lost or cut short on its way is asked again, three times at most")
    func lostPage() async throws {
        for bad in [Reply.lostAfter, .lostBefore, .status(502), .ok(#"{"items": [{"id": 3, "na"#)] {
            for (failures, isRead) in [(2, true), (3, false)] {
                let count = Mutex(0)
                let rig = try Rig(list("page: {offset: skip, limit: {name: top, max: 2}}")) { asked in
                    let number = count.withLock { count in
                        if asked["skip"] == "2" { count += 1 }
                        return count
                    }
                    return asked["skip"] == "2" && number <= failures ? bad : Self.slice(asked, 2)
                }
                if isRead {
                    #expect(try await rig.ids() == ["1", "2", "3", "4", "5"])
                } else {
                    #expect(await rig.failure() != nil)
                }
                #expect(rig.system.asked.count { $0["skip"] == "2" } == 3)
            }
        }
    }

    @Test("a system that stays busy is not waited for without end, nor longer than a run has time for")
    func staysBusy() async throws {
        for (wait, asked) in [("20", 7), ("301", 2)] {
            let rig = try Rig(list("page: {offset: skip}")) { asked in
                asked["skip"] == "0" ? .ok(items(1..<3)) : .status(429, "", [("Retry-After", wait)])
            }
            guard case .busy = await rig.failure() else {
                Issue.record("a part was read")
                return
            }
            #expect(rig.system.lines.count == asked)
        }
    }
}
