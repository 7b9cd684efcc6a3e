import Model
import Reconcile
import Testing
import Values

/// Whether a record is the one that a run that died was to make.
struct CreateCheckTests {
    private func verdict(
        _ fields: String, _ record: String?, intended: Sides<String>, on side: Side = .right, text: Bool = false
    ) throws -> CreateCheck.Verdict {
        var sketch = try Sketch("fields: [\(fields)]", links: ["1=1 | \(intended.left) | \(intended.right)"])
        if text { sketch.forms[side] = .text }
        let situation = try sketch.situation()
        let check = CreateCheck(
            sketch.sync, Sides(left: sketch.capabilities(.left), right: sketch.capabilities(.right)))
        return check.verdict(
            of: try record.map { try Record("1: " + $0).object }, on: side, intended: situation.bases[0])
    }

    static let intended = Sides(left: "name=A, note=n", right: "title=A, memo=n")
    static let fields = "name <-> title, note <-> memo"

    @Test("a record is ours where it holds all that was to be written, whatever else it holds")
    func ours() throws {
        #expect(try verdict(Self.fields, "title=A, memo=n", intended: Self.intended) == .ours)
        #expect(try verdict(Self.fields, "title=A, memo=n, size=3", intended: Self.intended) == .ours)
        #expect(try verdict(Self.fields, "name=A, note=n", intended: Self.intended, on: .left) == .ours)
    }

    @Test("it is another's where it holds nothing of it, and unclear where it holds some")
    func another() throws {
        #expect(try verdict(Self.fields, "title=Z, memo=z", intended: Self.intended) == .another)
        #expect(try verdict(Self.fields, "size=3", intended: Self.intended) == .another)
        #expect(
            try verdict(Self.fields, "title=A, memo=z", intended: Self.intended)
                == .unclear(fields: ["note <-> memo"]))
        #expect(
            try verdict(Self.fields, "name=Z, note=n", intended: Self.intended, on: .left)
                == .unclear(fields: ["name <-> title"]))
    }

    @Test("what was not to be written says nothing: blank values, ids, and fields of the other direction")
    func notWritten() throws {
        let blank = Sides(left: "name=A, note=", right: "title=A, memo=")
        #expect(try verdict(Self.fields, "title=A, memo=x", intended: blank) == .ours)
        #expect(try verdict(Self.fields, "title=Z, memo=", intended: blank) == .another)
        let ids = Sides(left: "code=1, name=A", right: "id=1, title=A")
        #expect(try verdict("code <-> id, name <-> title", "title=Z", intended: ids) == .another)
        #expect(
            try verdict("name -> title, note <- memo", "title=A, memo=other", intended: Self.intended) == .ours)
    }

    @Test("where nothing but the id was to be written, the id decides")
    func idAlone() throws {
        #expect(try verdict("code <-> id", "x=7", intended: Sides(left: "code=1", right: "id=1")) == .ours)
    }

    @Test("a record that cannot be read is unclear")
    func unreadable() throws {
        #expect(
            try verdict(Self.fields, nil, intended: Self.intended)
                == .unclear(fields: ["name <-> title", "note <-> memo"]))
    }

    @Test(
        "a create of which it cannot be told is held: nothing is made of either record, and the id is not given again")
    func held() throws {
        var sketch = try Sketch(
            "fields: [name <-> title, note <-> memo]\nmatch: name <-> title", left: ["1: name=A, note=n", "2: name=B"],
            right: ["5: title=A, memo=z", "6: title=C"])
        sketch.newIDs.left = .numbered(prefix: "", suffix: "")
        var inputs = try sketch.inputs()
        inputs.openCreates = [
            OpenCreate(
                ids: Sides(left: RecordID(key: "1"), right: RecordID(key: "5")), side: .right,
                fields: ["note <-> memo"])
        ]
        let plan = Planner.plan(inputs)
        #expect(
            PlanText(plan: plan, sync: sketch.sync, forms: sketch.forms).lines == [
                "create right 7 from 2: title=B", "create left 3 from 6: name=C",
                "hold 1=5: create in doubt on right by note <-> memo",
            ])
    }

    @Test("nothing is made for what has the key of a record that may be the one in doubt, on either side")
    func keysInDoubt() throws {
        var sketch = try Sketch(
            "fields: [name <-> title, note <-> memo]\nmatch: name <-> title", left: ["1: name=A, note=n", "2: name=B"],
            right: ["5: title=B, memo=n"])
        var inputs = try sketch.inputs()
        inputs.openCreates = [
            OpenCreate(
                ids: Sides(left: RecordID(key: "1"), right: RecordID(key: "5")), side: .right,
                fields: ["name <-> title"])
        ]
        #expect(Planner.plan(inputs).operations.isEmpty)
        sketch.records.left = ["1: name=A, note=n", "2: name=C"]
        let others = try sketch.inputs()
        inputs.snapshots = others.snapshots
        #expect(Planner.plan(inputs).operations.map(\.verb) == [.create])
    }
}
