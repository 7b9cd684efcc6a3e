import Model
import Testing
import Values

/// `delete_vs_edit: restore`: a record that one side deleted and the other edited is made again.
struct RestoreTests {
    private static let lines = "deletes: propagate\ndelete_vs_edit: restore\n"

    private func sketch(_ fields: String, _ more: String = "", right: String) throws -> Sketch {
        try Sketch(
            fields + "\n" + Self.lines + more, left: ["2: name=B"], right: [right, "12: name=B"],
            links: ["1=11 | name=A, note=x, size=7 | name=A, memo=x", "2=12 | name=B | name=B"])
    }

    @Test("the deleted record is made again from the edited one, under its old id, and its link goes on")
    func numbered() throws {
        let sketch = try sketch("fields: [name <-> name, note <-> memo]", right: "11: name=A2, memo=x")
        try expect(sketch, "create left 1 from 11: name=A2, note=x again")
        #expect(try sketch.plan.settlements.isEmpty)
        #expect(try sketch.plan.operations.map(\.link) == [0])
    }

    @Test("where the other record was not edited, it is deleted as ever")
    func unedited() throws {
        try expect(
            sketch("fields: [name <-> name]", right: "11: name=A, memo=other"), "delete right 11: name=A")
        try expect(sketch("fields: [name <-> name]", right: "11: name=A"), "delete right 11: name=A")
    }

    @Test("what only the deleted record could say is what it last held")
    func oneWay() throws {
        try expect(
            sketch("fields: [name <-> name, size -> size]", right: "11: name=A2, size=7"),
            "create left 1 from 11: name=A2, size=7 again (open)")
    }

    @Test("an id that fields say is the record's: the old one keeps the link, another begins a new one")
    func saidID() throws {
        let links = ["X=11 | name=A | code=X, name=A"]
        let lines = "fields: [id <-> code, name <-> name]\n" + Self.lines
        var sketch = try Sketch(lines, right: ["11: code=X, name=A2"], links: links)
        try expect(sketch, "create left X from 11: id=X, name=A2 again")
        sketch.records.right = ["11: code=Y, name=A"]
        try expect(sketch, "create left Y from 11: id=Y, name=A\nforget X=11")
        sketch.newIDs.left = .fields
        try expect(sketch, "create left Y from 11: id=Y, name=A\nforget X=11", mirrored: false)
        sketch.records.left = ["Y: name=C"]
        try expect(sketch, "create right 12 from Y: code=Y, name=C\nhold X=11: id Y taken on left", mirrored: false)
    }

    @Test(
        "where no record may or can be made, it is held with the reason",
        arguments: [
            ("creates: right", "hold 1=11: not allowed: create on left"),
            ("direction: left-to-right", "hold 1=11: not allowed: create on left"),
            ("direction: right-to-left", "create left 1 from 11: name=A2 again"),
        ])
    func notAllowed(line: String, expected: String) throws {
        try expect(sketch("fields: [name <-> name]", line, right: "11: name=A2"), expected)
    }

    @Test("where a side can make none, it is held")
    func cannot() throws {
        var sketch = try sketch("fields: [name <-> name]", right: "11: name=A2")
        sketch.readOnly = [.left]
        try expect(sketch, "hold 1=11: cannot create on left")
    }

    @Test(
        "an edit on the side from which all is carried makes the other record again, where a delete would not go back")
    func sourceEdited() throws {
        let lines = "fields: [name <-> name]\ndirection: left-to-right\n" + Self.lines
        let links = ["1=11 | name=A | name=A"]
        try expect(Sketch(lines, left: ["1: name=A2"], links: links), "create right 11 from 1: name=A2 again")
        try expect(Sketch(lines, left: ["1: name=A"], links: links), "skip 1 deletes ignored")
    }

    @Test("a record whose parent is not linked waits")
    func waits() throws {
        let fields = "fields: [name <-> name, {company <-> company: {link: companies}}]"
        try expect(
            sketch(fields, right: "11: name=A2, company=C-9"), "hold 1=11: waits for crm/companies C-9")
    }

    @Test("nothing is restored where deletes are ignored")
    func ignored() throws {
        var sketch = try sketch("fields: [name <-> name]", right: "11: name=A2")
        sketch.sync.deletes = .ignore
        try expect(sketch, "skip 1 deletes ignored")
    }

    @Test("what a run that died had made again is taken for what it wrote, and edits since are merged")
    func inDoubt() throws {
        let fields = "fields: [name <-> name, note <-> memo]"
        var sketch = try sketch(fields, right: "11: name=A2, memo=x")
        sketch.restored = [0]
        sketch.intended.left = ["1=11 | name=A2, note=x | name=A2, memo=x"]
        try expect(sketch, "create left 1 from 11: name=A2, note=x again")
        sketch.records.left.insert("1: name=A2, note=x", at: 0)
        try expect(sketch, "agree 1=11")
        sketch.records.left[0] = "1: name=A2, note=x2"
        try expect(sketch, "update right 11: memo x -> x2\nagree 1=11 (open)")
        sketch.records.left[0] = "1: name=A3, note=x"
        sketch.records.right[0] = "11: name=A2, memo=x3"
        try expect(
            sketch, "update left 1: note x -> x3 (open)\nupdate right 11: name A2 -> A3\nagree 1=11 (open)",
            mirrored: false)
        // Of a record that holds nothing of what was to be written, nothing is known.
        sketch.records.left[0] = "1: name=Z, note=z"
        try expect(
            sketch,
            """
            hold 1=11: conflict, was A | A, now Z | A2
            hold 1=11: conflict, was x | x, now z | x3
            """)
    }
}
