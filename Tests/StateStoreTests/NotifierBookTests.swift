import FileIO
import Model
import StateStore
import TestKit
import Testing
import Values

/// What notifiers were told outlives the process.
struct NotifierBookTests {
    private static let noon = Timestamp(seconds: 1_795_262_400) ?? .earliest

    private static var book: NotifierBook {
        var alert = Alert(since: noon)
        (alert.isSo, alert.isOpen, alert.told) = (false, true, noon)
        (alert.through, alert.seen, alert.waiting, alert.count) = (
            FoundAt(run: 7, time: noon), noon.adding(.seconds(5)).map { FoundAt(time: $0) }, 3, 1_000
        )
        var slack = ToldNotifier()
        slack.alerts = [
            AlertKey(.recordFailed, "crm/things"): alert, AlertKey(.recordFailed, "crm/other"): Alert(since: noon),
            AlertKey(AlertKey.notifierBroken, "mail"): Alert(since: noon),
        ]
        slack.definitions = ["crm/things": ["": "4f2a", "'match'": "11"], "crm/other": ["": "00"]]
        var mail = ToldNotifier()
        mail.trouble = NotifierTrouble(since: noon, problem: "curl ended with 7: \"refused\"\n")
        var book = NotifierBook()
        book.notifiers = ["slack": slack, "mail": mail]
        book.unsuccessful = ["crm/things": noon]
        return book
    }

    private func saved() throws -> (scratch: ScratchFolder, folder: StateFolder) {
        let scratch = try ScratchFolder()
        let folder = StateFolder(scratch.path + "/state", disk: Disk())
        let claim = try #require(try folder.claimNotifications(holder: "the test"))
        try folder.save(Self.book, claim)
        return (scratch, folder)
    }

    @Test("what is saved is read again as it was, and nothing is there before")
    func roundTrip() throws {
        let scratch = try ScratchFolder()
        #expect(try StateFolder(scratch.path + "/state", disk: Disk()).notifications() == NotifierBook())
        let (kept, folder) = try saved()
        #expect(try folder.notifications() == Self.book)
        #expect(try kept.text("state/notifications.json").hasPrefix("{\n  \"version\": 1,\n"))
    }

    @Test("of two that want to tell one does, and the other once that has ended")
    func claims() throws {
        let (kept, folder) = try saved()
        do {
            let claim = try folder.claimNotifications(holder: "one")
            #expect(claim != nil)
            #expect(try folder.claimNotifications(holder: "two") == nil)
            _ = claim
        }
        #expect(try folder.claimNotifications(holder: "two") != nil)
        _ = kept
    }

    @Test("a file that is damaged is refused by its name, or says what it said")
    func mutations() throws {
        let (kept, folder) = try saved()
        let good = try kept.read("state/notifications.json")
        var random = SplitMix64(seed: 7)
        var refused = 0
        for number in 0..<3_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let at = bytes.indices.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                default: bytes.removeSubrange(at...)
                }
                if bytes.isEmpty { break }
            }
            try Disk().replace(kept.path + "/state/notifications.json", with: bytes)
            do {
                #expect(try folder.notifications() == Self.book, "mutation \(number) of seed 7 was taken in")
            } catch {
                refused += 1
                #expect(error.description.contains("notifications.json"), "mutation \(number) of seed 7")
            }
        }
        #expect(refused > 1_000)
    }
}
