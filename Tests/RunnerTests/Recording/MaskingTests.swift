import Model
import TestKit
import Testing
import Values

@testable import Runner

/// Values that look personal, replaced.
struct MaskingTests {
    @Test(
        "a field is personal by the words of its name",
        arguments: [
            "name", "first_name", "LastName", "e-mail", "email", "homePhone", "MOBILE", "fax-no", "Street Address",
            "city",
            "zip", "postcode", "birthday", "date_of_birth", "contacts", "requester", "userName", "owner", "assignee",
            "authors",
        ])
    func personal(name: String) { #expect(PersonalFields.kind(of: name) != nil) }

    @Test(
        "and others are not: a text, an id, a kind, a word that is only like one",
        arguments: [
            "title", "user_id", "contactID", "address_type", "status", "ownership", "namespace", "citation",
            "phones_count",
            "description", "", "_", "priority", "created_at",
        ])
    func impersonal(name: String) { #expect(PersonalFields.kind(of: name) == nil) }

    @Test(
        "telephone numbers and addresses are found by their form, and what is no such thing stays",
        arguments: [
            ("call +44 161 496 0101 now", 1), ("(0161) 496-0101", 1), ("01614960101", 1), ("0161/4960101", 1),
            ("mail ada@example.com, or <bob@b.example>", 2), ("2026-10-26", 0), ("2026-10-26 10:00:00", 0), ("4711", 0),
            ("550e8400-e29b-41d4-a716-446655440000", 0), ("192.168.100.200", 0), ("order 12345678", 0), ("@home", 0),
            ("12345678901234567890", 0), ("a@b", 0), ("1.2.3.4567890", 0),
            ("R-2001-33-4455", 0), ("+1 555 010 9999 or +1 555 010 8888", 2),
        ])
    func forms(text: String, count: Int) {
        let found = PersonalText(text).pieces.count { piece in
            switch piece {
            case .address, .number: true
            case .word, .other: false
            }
        }
        #expect(found == count)
    }

    @Test("the pieces of a text are all of it", arguments: 1...200)
    func pieces(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pool = Array("ab1 9+(-)@.é\u{301}0/日".unicodeScalars)
        var view = String.UnicodeScalarView()
        for _ in 0..<random.below(40) { view.append(random.pick(pool)) }
        let taken = PersonalText(String(view))
        let ranges = taken.pieces.map { piece -> Range<Int> in
            switch piece {
            case .address(let range), .number(let range), .word(let range), .other(let range): range
            }
        }
        #expect(ranges.flatMap { Array($0) } == Array(0..<view.count), "seed \(seed)")
    }

    @Test(
        "the same is replaced by the same, in both records, in any case, and inside other texts; numbers keep their form"
    )
    func consistent() async throws {
        let story = try Self.story()
        let text = try await story.record("1", masked: true).text
        for word in ["Dana", "Whitfield", "dana", "DANA", "whitfield", "496", "acme", "Acme", "Leeds", "1984-05-23"] {
            #expect(!text.contains(word), "\(word) in \(text)")
        }
        #expect(text.contains("email: person1@example.com"))
        #expect(text.contains("PERSON1@EXAMPLE.COM"))
        // What the mapping itself names is no person, and neither is an id.
        #expect(text.contains("state: New"))
        #expect(text.contains("ref: XK-77"))
        #expect(text.contains(#"phone: "+"#))
        #expect(try await story.play().failures == [])
    }

    @Test("an id is replaced only where it is an address, and then wherever it stands")
    func ids() async throws {
        let story = try RecordedStory(
            "fields: [id <-> login, name <-> title]",
            people: #"{"id":"ada@acme.example","name":"Ada"}"# + "\n" + #"{"id":"ada","name":"Ada"}"# + "\n")
        let one = try await story.record("ada@acme.example", masked: true)
        #expect(one.record == "left person1@example.com")
        #expect(one.name == "people person1@example.com is made on the right")
        #expect(one.text.contains("login: person1@example.com"))
        let other = try await story.record("ada", masked: true)
        #expect(other.text.contains("left: {id: ada, name: "))
        #expect(!other.text.contains("Ada"))
        #expect(try await story.play().failures == [])
    }

    @Test("where a filter reads what is masked, it is said that something else happens")
    func changed() async throws {
        let story = try RecordedStory(
            "fields: [name <-> title, \"name.startsWith('Ad') ? 'a' : 'other' -> kind\"]\nmatch: name <-> title",
            people: #"{"id":1,"name":"Ada"}"# + "\n", contacts: #"{"id":"C-1","title":"Ada","kind":"a"}"# + "\n")
        #expect(try await story.record("1").notes == [])
        let masked = try await story.record("1", masked: true)
        #expect(masked.notes.count == 1)
        #expect(
            masked.notes.first?.hasPrefix("masking changes what happens: nothing before, and update right by ") == true)
        #expect(try await story.play().failures == [])
    }

    @Test("no word of a personal field is left of random records, and what is recorded passes", arguments: 1...40)
    func property(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let first = Self.word(&random)
        let last = random.pick([
            Self.word(&random), "Müller-Ölz", "de la \(Self.word(&random))", "O'\(Self.word(&random))", "王小明",
        ])
        let city = Self.word(&random)
        let mail = "\(first).\(Self.word(&random))@\(Self.word(&random).lowercased()).zq".lowercased()
        let phone =
            "+\(10 + random.below(80)) \(100 + random.below(900)) \(1000 + random.below(9000))\(random.below(10))"
        let note = random.pick([
            "\(first) \(last) rang \(phone)", "\(last.uppercased())! <\(mail)>", "x\(first)y\n\(city)", phone,
        ])
        let person: Object = [
            "id": .int(Int64(seed)), "first": .text(first), "last": .text(last), "city": .text(city),
            "email": .text(mail),
            "phone": .text(phone), "note": .text(note), "state": .text("New"), "born": .text("2001-02-03"),
        ]
        let story = try RecordedStory(Self.fields, people: JSON.text(.object(person)) + "\n")
        if random.below(2) == 0 { try await story.run() }
        let recorded = try await story.record("left:\(seed)", masked: true)
        #expect(recorded.refusal == nil, "seed \(seed)")
        let text = recorded.text.lowercased()
        for value in [first, last, city, mail, phone] {
            for word in value.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) where word.count >= 4
            {
                #expect(!text.contains(word), "seed \(seed): \(word) of \(value) in \(recorded.text)")
            }
        }
        #expect(!text.contains(phone.dropFirst()), "seed \(seed)")
        #expect(try await story.play().failures == [], "seed \(seed)")
    }

    /// A name that no field and no word of a test has in it.
    private static func word(_ random: inout SplitMix64) -> String {
        let letters = Array("qxzjwvkh")
        let word = String((0..<(4 + random.below(6))).map { _ in random.pick(letters) })
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private static let fields = """
        fields:
          - email <-> email
          - first + ' ' + last -> contact.name
          - last.upperAscii() -> sort
          - phone <-> phone
          - city <-> town
          - note <-> body
          - state <-> state: {values: {New: New, Done: closed}}
          - born <-> born
          - ref <-> ref
        """

    private static func story() throws -> RecordedStory {
        let person =
            #"{"id":1,"first":"Dana","last":"Whitfield","city":"Leeds","email":"dana@acme.example","phone":"+44 161 496 0101","birthday":"1984-05-23","note":"Ms WHITFIELD of Acme (DANA@ACME.EXAMPLE, +44 161 496 0101)","state":"New","born":"x","ref":"XK-77"}"#
        return try RecordedStory(fields + "\n  - birthday <-> birthday", people: person + "\n")
    }
}
