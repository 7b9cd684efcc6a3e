import Model
import Testing

@testable import StateMachine

@Suite("The model tells what must not be")
struct VerdictTests {
    /// A thing with a note `a`, over which `edits` were written, and what it shows.
    private static func thing(_ edits: [(String, over: String)] = []) -> Thing {
        var thing = Thing(token: "k1")
        thing.histories[.note, default: History()].write("a", over: nil)
        for (value, seen) in edits { thing.histories[.note]?.write(value, over: seen) }
        return thing
    }

    private func shown(_ note: String?) -> Shown? {
        note.map { note in
            var shown = Shown()
            shown.fields[.note] = note
            return shown
        }
    }

    private func ofMoment(_ thing: Thing, _ left: String?, _ right: String?) -> [String] {
        Verdict(shown: Sides(left: shown(left), right: shown(right))).atAnyMoment(thing, isAfterRun: false).wrong
    }

    private func ofEnd(_ thing: Thing, _ left: String?, _ right: String?, isHeld: Bool = false) -> [String] {
        Verdict(shown: Sides(left: shown(left), right: shown(right))).atTheEnd(
            thing, isHeld: isHeld, isOutOfScope: false, mapped: Set(Field.all))
    }

    @Test("a value that nobody has written over stands on a side, at any moment")
    func lost() {
        let edited = Self.thing([("b", over: "a")])
        #expect(ofMoment(edited, "b", "a") == [])
        #expect(ofMoment(edited, "a", "b") == [])
        #expect(ofMoment(edited, "a", "a") == ["note 'b' is lost: left 'a', right 'a'"])
        #expect(ofMoment(edited, nil, "a") == ["note 'b' is lost: left '', right 'a'"])
        #expect(ofMoment(edited, "b", "x") == ["note is 'x', which nobody wrote"])
    }

    @Test("at the end one edit is on both sides, and two at once are held, each where it was made")
    func edits() {
        let edited = Self.thing([("b", over: "a")])
        #expect(ofEnd(edited, "b", "b") == [])
        #expect(ofEnd(edited, "b", "a") == ["note differs: left 'b', right 'a'"])
        #expect(ofEnd(edited, "b", "b", isHeld: true) == ["it is held, and nothing is in conflict"])
        let both = Self.thing([("b", over: "a"), ("c", over: "a")])
        #expect(ofEnd(both, "b", "c", isHeld: true) == [])
        #expect(ofEnd(both, "b", "c") == ["note differs: left 'b', right 'c', and is not held"])
        #expect(ofMoment(both, "b", "b") == ["note 'c' is lost: left 'b', right 'b'"])
        // One that was written over the other is an answer to it.
        #expect(ofEnd(Self.thing([("b", over: "a"), ("c", over: "b")]), "c", "c") == [])
    }

    @Test("what was deleted by someone who had seen all is gone; what was edited meanwhile stands, and is held")
    func deleted() {
        var clean = Self.thing()
        clean.removals.left = shown("a")
        #expect(ofEnd(clean, nil, nil) == [])
        #expect(ofEnd(clean, nil, "a") == ["it is still on the right, or came back"])
        var edited = Self.thing([("b", over: "a")])
        edited.removals.left = shown("a")
        #expect(ofEnd(edited, nil, "b", isHeld: true) == [])
        #expect(ofEnd(edited, nil, "b") == ["it was deleted and edited, and is not held"])
        #expect(ofEnd(edited, nil, nil) == ["it is gone, and nobody deleted it so"])
    }

    @Test("what was made on one side is made on the other, and a sum holds what both added")
    func made() {
        #expect(ofEnd(Self.thing(), "a", nil) == ["it is on the left alone"])
        var thing = Self.thing()
        thing.count = 3
        var (left, right) = (Shown(), Shown())
        left.fields[.note] = "a"
        right.fields[.note] = "a"
        (left.count, right.count) = (3, 1)
        let verdict = Verdict(shown: Sides(left: left, right: right))
        #expect(
            verdict.atTheEnd(thing, isHeld: false, isOutOfScope: false, mapped: Set(Field.all))
                == ["the count of the right is 1, not 3"])
        right.count = 4
        #expect(
            Verdict(shown: Sides(left: left, right: right)).atAnyMoment(thing, isAfterRun: false).wrong
                == ["the count is 4, of what adds up to 3"])
    }

    @Test(
        "where nobody can know what becomes of a thing, it is the same on both sides, gone or held, and nothing that stands is lost"
    )
    func murky() throws {
        var murky = Self.thing([("b", over: "a")])
        murky.isMurky = true
        #expect(ofEnd(murky, "a", "a") == [])
        #expect(ofEnd(murky, nil, nil) == [])
        #expect(ofEnd(murky, "b", "a") == ["note differs, and is not held"])
        #expect(ofEnd(murky, nil, "b") == ["it is on the right alone, and is not held"])
        #expect(ofEnd(murky, nil, "b", isHeld: true) == [])
        #expect(ofMoment(murky, "a", "a") == ["note 'b' is lost: left 'a', right 'a'"])
        #expect(ofMoment(murky, "x", "b") == ["note is 'x', which nobody wrote"])
        // What stood in a record that somebody deleted may go with it.
        murky.buried = ["b"]
        #expect(ofMoment(murky, "a", "a") == [])
        let same = Verdict(shown: Sides(left: shown("b"), right: shown("b")))
        #expect(same.atAnyMoment(murky, isAfterRun: false).thing.isMurky)
        #expect(same.atAnyMoment(murky, isAfterRun: true, held: .record).thing.isMurky)
        let settled = same.atAnyMoment(murky, isAfterRun: true).thing
        #expect(!settled.isMurky)
        #expect(ofMoment(settled, "a", "a") == ["note 'b' is lost: left 'a', right 'a'"])
    }

    @Test("a thing is murky by what happened to it, and by no more")
    func murk() {
        var thing = Self.thing()
        thing.isMet = true
        #expect(!Murk.edited(thing, .left, .note) && !Murk.added(thing, .left))
        #expect(!Murk.removed(thing, .left, isOnOther: true) && !Murk.restored(thing, isOnOther: true))
        thing.agreed = [.note]
        #expect(Murk.edited(thing, .right, .note) && !Murk.edited(thing, .right, .pick))
        #expect(Murk.removed(thing, .left, isOnOther: true))
        thing.agreed = []
        thing.inDoubt = [.right]
        #expect(Murk.edited(thing, .right, .pick) && !Murk.edited(thing, .left, .pick))
        #expect(Murk.removed(thing, .right, isOnOther: true) && !Murk.removed(thing, .left, isOnOther: true))
        thing.inDoubt = []
        thing.isSumDue = true
        #expect(Murk.added(thing, .left) && !Murk.edited(thing, .left, .note))
        thing.isMet = false
        #expect(Murk.removed(thing, .left, isOnOther: true) && !Murk.removed(thing, .left, isOnOther: false))
    }

    @Test("cells with commas, quotes and line ends are read as they are written")
    func cells() {
        let rows = [["id", "te\"xt"], ["1", "a,b\n\"c\""], ["2", ""]]
        #expect(CSVText.text(rows) == "id,\"te\"\"xt\"\n1,\"a,b\n\"\"c\"\"\"\n2,\n")
        #expect(CSVText.rows(CSVText.text(rows)) == rows)
    }
}
