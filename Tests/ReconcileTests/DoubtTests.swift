import Model
import Testing

/// What becomes of updates of a run that died before it was told whether they took effect.
struct DoubtTests {
    private func sketch(_ left: String, _ right: String) throws -> Sketch {
        var sketch = try Sketch(
            "fields: [name <-> title, note <-> memo]\ndeletes: propagate", left: ["1: \(left), note=n"],
            right: ["a: \(right), memo=n"],
            links: ["1=a | name=A, note=n | title=A, memo=n"])
        sketch.intended.right = ["1=a | name=B, note=n | title=B, memo=n"]
        return sketch
    }

    @Test("an update that took effect moves the base, whatever was edited since")
    func tookEffect() throws {
        try expect(sketch("name=B", "title=B"), "agree 1=a")
        try expect(sketch("name=C", "title=B"), "update right a: title B -> C\nagree 1=a (open)")
    }

    @Test("an update that took no effect is made again")
    func tookNone() throws {
        try expect(sketch("name=B", "title=A"), "update right a: title A -> B")
        try expect(sketch("name=C", "title=A"), "update right a: title A -> C")
    }

    @Test("what is neither the old nor the new is an edit of its own")
    func neither() throws {
        try expect(sketch("name=B", "title=D"), "hold 1=a: conflict, was A | A, now B | D")
        try expect(sketch("name=C", "title=D"), "hold 1=a: conflict, was A | A, now C | D")
    }

    @Test("a sum that was edited since is not added to twice: it is held, and has no base until both sides agree")
    func sum() throws {
        func sketch(_ left: String, _ right: String) throws -> Sketch {
            var sketch = try Sketch(
                "fields: [{a <-> b: {merge: sum}}]", left: ["1: a=\(left)"], right: ["x: b=\(right)"],
                links: ["1=x | a=10 | b=10"])
            sketch.intended.right = ["1=x | a=12 | b=12"]
            return sketch
        }
        try expect(sketch("12", "12"), "agree 1=x")
        try expect(sketch("12", "10"), "update right x: b 10 -> 12")
        try expect(sketch("12", "18"), "agree 1=x (open)\nhold 1=x: first values 12 | 18")
        // Both had added, and the left was to be set first, and to owe the right.
        func both(_ left: String) throws -> Sketch {
            var both = try sketch(left, "13")
            both.intended = Sides(left: ["1=x | a=15 | b=13"], right: [])
            return both
        }
        try expect(both("12"), "update left 1: a 12 -> 15 (open)\nupdate right x: b 13 -> 15", mirrored: false)
        try expect(both("14"), "agree 1=x (open)\nhold 1=x: first values 14 | 13")
    }

    @Test("a record that was deleted after it had set its partner is deleted there too")
    func deletedSince() throws {
        var sketch = try sketch("name=B", "title=B")
        sketch.records.left = []
        try expect(sketch, "delete right a: title=B, memo=n")
    }
}
