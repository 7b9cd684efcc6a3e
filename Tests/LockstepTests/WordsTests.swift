import Model
import Runner
import Testing
import Values

@testable import lockstep

struct WordsTests {
    private static let ages: [(seconds: Int64, words: String)] = [
        (0, "just now"), (4, "just now"), (5, "5 s ago"), (99, "99 s ago"), (100, "1 min ago"), (180, "3 min ago"),
        (5999, "99 min ago"), (6000, "1 h ago"), (172_799, "47 h ago"), (172_800, "2 days ago"),
        (31_536_000, "365 days ago"), (-1, "in 1 s"), (-420, "in 7 min"), (-86_400, "in 24 h"),
    ]

    @Test("an instant is told from now", arguments: ages)
    func age(seconds: Int64, words: String) throws {
        let time = try #require(Timestamp(seconds: 1_800_000_000))
        let now = try #require(Timestamp(seconds: 1_800_000_000 + seconds))
        #expect(AgeWords(now: now).words(time) == words)
    }

    @Test("what is due is due now, however long it has been")
    func due() throws {
        let now = try #require(Timestamp("2026-11-21T10:00:00Z"))
        let words = AgeWords(now: now)
        #expect(words.due(now) == "now")
        #expect(words.due(try #require(Timestamp("2020-01-01T00:00:00Z"))) == "now")
        #expect(words.due(try #require(Timestamp("2026-11-21T10:07:00Z"))) == "in 7 min")
    }

    @Test("the ends of time have words")
    func extremes() {
        #expect(AgeWords(now: .latest).words(.earliest) == "3652058 days ago")
        #expect(AgeWords(now: .earliest).words(.latest) == "in 3652058 days")
    }

    private static let numbers: [(number: Int, text: String)] = [
        (0, "0 records"), (1, "1 record"), (999, "999 records"), (1000, "1,000 records"),
        (1_234_567, "1,234,567 records"),
        (-1234, "-1,234 records"), (Int.min, "-9,223,372,036,854,775,808 records"),
    ]

    @Test("numbers are grouped, and one is one", arguments: numbers)
    func count(number: Int, text: String) {
        #expect(CountWords.count(number, "record") == text)
    }

    @Test("writes are told by side, and sides without any are not")
    func writes() {
        var counts = Sides(left: WriteCounts(), right: WriteCounts())
        #expect(CountWords.written(counts) == "")
        counts.right.creates = 1200
        counts.right.deletes = 1
        #expect(CountWords.written(counts) == "1,200 created, 1 deleted on the right")
        counts.left.updates = 1
        #expect(CountWords.planned(counts) == "1 update on the left; 1,200 creates, 1 delete on the right")
    }

    @Test("an id is shown short, and with nothing that could move the cursor")
    func id() {
        #expect(ItemsView.id("4711") == "4711")
        #expect(ItemsView.id("a\u{1B}[2J\nb") == "a\\u{1b}[2J\\nb")
        #expect(ItemsView.id(String(repeating: "x", count: 60)) == String(repeating: "x", count: 60))
        #expect(ItemsView.id(String(repeating: "x", count: 61)) == String(repeating: "x", count: 59) + "…")
    }

    @Test("a held record is named by the sides that it has")
    func record() {
        #expect(ItemsView.record(Sides(left: "1", right: "R-1")) == "left 1, right R-1")
        #expect(ItemsView.record(Sides(left: nil, right: "R-1")) == "right R-1")
        #expect(ItemsView.record(Sides(left: nil, right: nil)) == "a record")
    }

    @Test("long texts that begin alike are shown from where they part")
    func change() {
        let long = String(repeating: "x", count: 10_000)
        let change = ShownChange(.text(long + "one"), .text(long + "another"))
        #expect(change.before == "\"…xxxxxxxxxxxxxxxxone\"")
        #expect(change.after == "\"…xxxxxxxxxxxxxxxxanother\"")
        let longer = ShownChange(.text(long), .text(long + long))
        #expect(longer.before == "\"…xxxxxxxxxxxxxxxx\"")
        #expect(longer.after == "\"…" + String(repeating: "x", count: 76) + "…\"")
        let short = ShownChange(.text("VPN"), .text("VPN down"))
        #expect((short.before, short.after) == ("\"VPN\"", "\"VPN down\""))
        let mark = ShownChange(.text(long + "e"), .text(long + "e\u{301}"))
        #expect(mark.after.hasSuffix("xe\u{301}\""))
        let other = ShownChange(.int(1), .text("1"))
        #expect((other.before, other.after) == ("1", "\"1\""))
    }

    @Test("a time stands in a zone, to the second")
    func zone() throws {
        let time = try #require(Timestamp("2026-11-21T10:00:00.123Z"))
        #expect(TimeWords.utc.words(time) == "2026-11-21T10:00:00Z")
        let zone = try #require(TimeZoneRules(secondsEast: 19_800))
        #expect(TimeWords(zone).words(time) == "2026-11-21T15:30:00+05:30")
    }

    @Test(
        "a word is quoted as a shell takes it, and no byte of it acts on a terminal",
        arguments: [
            ("left:1", "left:1"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("", "''"),
            ("\u{1B}[2J", #"$'\033[2J'"#), ("a\n'7\\", #"$'a\012\'7\\'"#), ("\u{202E}7", #"$'\342\200\2567'"#),
        ])
    func shellWord(word: String, quoted: String) {
        #expect(ShellWord.quoted(word) == quoted)
    }
}
