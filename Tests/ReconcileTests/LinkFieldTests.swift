import Model
import Testing
import Values

/// Fields that hold the ids of other records.
struct LinkFieldTests {
    private func sketch(_ option: String, _ left: String, _ right: String) throws -> Sketch {
        var sketch = try Sketch(
            "fields: [{company <-> customer: {link: companies\(option)}}]", left: ["1: \(left)"],
            right: ["a: \(right)"], links: ["1=a | company=7 | customer=C-7"])
        sketch.companies = ["7=C-7", "8=C-8"]
        return sketch
    }

    @Test("an id is translated through the links of its sync, either way")
    func translated() throws {
        try expect(sketch("", "company=8", "customer=C-7"), "update right a: customer C-7 -> C-8")
        try expect(sketch("", "company=7", "customer=C-8"), "update left 1: company 7 -> 8")
        try expect(sketch("", "company=8", "customer=C-8"), "agree 1=a")
        try expect(sketch("", "company=", "customer=C-7"), #"update right a: customer C-7 -> """#)
    }

    @Test("an id without a link waits, is skipped, or is replaced")
    func missing() throws {
        try expect(sketch("", "company=9", "customer=C-7"), "hold 1=a: waits for crm/companies 9")
        try expect(sketch(", link_missing: skip", "company=9", "customer=C-7"), "agree 1=a")
        try expect(
            sketch(", link_missing: {use: none}", "company=9", "customer=C-7"),
            "update right a: customer C-7 -> none")
    }

    @Test("what names no record is held")
    func noID() throws {
        try expect(sketch("", "company=1.5", "customer=C-7"), "hold 1=a: no id 1.5")
        try expect(sketch("", "company={}", "customer=C-7"), "hold 1=a: no id {}")
    }

    @Test("of new records parents are made first, and their new ids are known")
    func parentsFirst() throws {
        try expect(
            Sketch(
                "fields: [name <-> name, {parent <-> parent: {link: things}}]",
                left: ["1: name=leaf, parent=2", "2: name=twig, parent=3", "3: name=root", "4: name=bud, parent=2"]),
            """
            create right 1 from 3: name=root
            create right 2 from 2: name=twig, parent=1
            create right 3 from 1: name=leaf, parent=2
            create right 4 from 4: name=bud, parent=2
            """)
    }

    @Test("a new record below one that is linked is made at once")
    func belowLinked() throws {
        try expect(
            Sketch(
                "fields: [name <-> name, {parent <-> parent: {link: things}}]",
                left: ["1: name=root", "2: name=leaf, parent=1"], right: ["5: name=root"],
                links: ["1=5 | name=root | name=root"]),
            "create right 6 from 2: name=leaf, parent=5")
    }

    @Test("a record that exists may get a parent that the same run makes")
    func newParent() throws {
        try expect(
            Sketch(
                "fields: [name <-> name, {parent <-> parent: {link: things}}]",
                left: ["1: name=leaf, parent=2", "2: name=root"], right: ["5: name=leaf"],
                links: ["1=5 | name=leaf | name=leaf"]),
            """
            create right 6 from 2: name=root
            update right 5: parent null -> 6
            """)
    }

    @Test("records that are each other's ancestors are held, those below them wait, and others go on")
    func cycle() throws {
        try expect(
            Sketch(
                "fields: [name <-> name, {parent <-> parent: {link: things}}]",
                left: [
                    "1: name=a, parent=2", "2: name=b, parent=1", "3: name=c, parent=2", "4: name=d, parent=4",
                    "5: name=e", "6: name=f, parent=99",
                ]),
            """
            create right 1 from 5: name=e
            hold 1=: cycle at 1
            hold 2=: cycle at 2
            hold 3=: waits for crm/things 2
            hold 4=: cycle at 4
            hold 6=: waits for crm/things 99
            """)
    }

    @Test("a long chain of parents costs no stack")
    func longChain() throws {
        let count = 20_000
        let records = (1...count).map { "\($0): name=x, parent=\($0 + 1)" } + ["\(count + 1): name=root"]
        let plan = try Sketch("fields: [name <-> name, {parent <-> parent: {link: things}}]", left: records).plan
        #expect(plan.operations.count == count + 1)
        #expect(plan.operations.first.map { plan.id($0.source).key } == "\(count + 1)")
        #expect(plan.holds.isEmpty)
    }
}
