import JobFiles
import Testing

/// What is lawful, and close to what `check` warns of. What it warns of stands in `Wrong/`.
struct AdviceTests {
    private func sync(_ name: String, _ lines: String, fields: String = "name <-> name") -> String {
        "  \(name):\n" + lines.split(separator: "\n").map { "    \($0)\n" }.joined() + "    fields: [\(fields)]\n"
    }

    private func job(_ syncs: String...) -> Folder {
        Folder(job: "job: crm\nleft: desk\nright: files\nsyncs:\n" + syncs.joined())
    }

    @Test("two syncs that write different fields, or different collections, may do so")
    func apart() {
        let folder = job(
            sync("a", "left: a\nright: c\nmatch: name <-> name"),
            sync("b", "left: b\nright: c\nmatch: code <-> code", fields: "code <-> code"))
        #expect(folder.codes() == [])
    }

    @Test("two syncs whose filters share no record may write the same field")
    func filtersApart() {
        let folder = job(
            sync("a", "left: a\nright: {collection: c, filter: kind == 'x'}\nmatch: name <-> name"),
            sync("b", "left: b\nright: {collection: c, filter: \"kind in ['y', 'z']\"}\nmatch: name <-> name"))
        #expect(folder.codes() == [])
    }

    @Test("connections of other names to the same system are the same system")
    func sameSystem() {
        let folder = Folder([
            "connections.yaml": """
            connections:
              desk: {type: desk, url: https://desk.example, token: '${DESK_TOKEN}'}
              one: {type: csv, path: data}
              two: {path: data, type: csv}
            """,
            "a.yaml": "job: a\nleft: desk\nright: one\nsyncs:\n" + sync("s", "left: a\nright: c\nmatch: name <-> name"),
            "b.yaml": "job: b\nleft: desk\nright: two\nsyncs:\n" + sync("s", "left: b\nright: c\nmatch: name <-> name"),
        ])
        #expect(folder.codes() == ["written-by-two"])
    }

    @Test(
        "a circle of syncs of which one pairs, filters, or makes nothing is none",
        arguments: [
            "match: name <-> name", "creates: none", "direction: right-to-left",
        ])
    func guarded(line: String) {
        let connections = """
            connections:
              one: {type: csv, path: one}
              two: {type: csv, path: two}
              three: {type: csv, path: three}
            """
        func hop(_ name: String, _ left: String, _ right: String, _ line: String = "direction: left-to-right") -> String
        {
            "job: \(name)\nleft: \(left)\nright: \(right)\nsyncs:\n" + sync("s", "left: x\nright: x\n\(line)")
        }
        func folder(_ line: String) -> Folder {
            Folder([
                "connections.yaml": connections, "a.yaml": hop("a", "one", "two"), "b.yaml": hop("b", "two", "three"),
                "c.yaml": hop("c", "three", "one", line),
            ])
        }
        #expect(folder("direction: left-to-right").codes() == ["loop"])
        #expect(!folder(line).codes().contains("loop"))
    }

    @Test("a key is filled by a field, by a part of it, or by the system's own id")
    func filledKeys() {
        let lines = "left: a\nright: c\n"
        #expect(job(sync("a", lines + "match: name <-> name")).codes() == [])
        #expect(job(sync("a", lines + "match: user.mail <-> user.mail", fields: "user <-> user")).codes() == [])
        #expect(job(sync("a", lines + "creates: right\nmatch: id <-> ref", fields: "id -> ref")).codes() == [])
        #expect(job(sync("a", lines + "creates: none\nmatch: code <-> code")).codes() == [])
        #expect(job(sync("a", lines + "match: [code <-> code, name <-> name]")).codes() == [])
        #expect(job(sync("a", lines + "creates: left\nmatch: code <-> code")).codes() == ["match-not-mapped"])
    }

    @Test("limits that stop something, or nothing that is deleted, are brakes enough")
    func brakes() {
        let lines = "left: a\nright: c\n"
        #expect(job(sync("a", lines + "deletes: propagate")).codes() == [])
        #expect(job(sync("a", lines + "deletes: propagate\nlimits: {deletes: 99%}")).codes() == [])
        #expect(job(sync("a", lines + "limits: {deletes: 100%, read_drop: 100%}")).codes() == [])
        #expect(job(sync("a", lines + "out_of_scope: delete\nlimits: {deletes: 100%}")).codes() == ["no-brake"])
    }

    @Test("schedules that can be kept")
    func schedules() {
        let lines = "left: a\nright: c\n"
        #expect(job(sync("a", lines + "schedule: {cron: '0 * * * *', window: 08:00-18:00}")).codes() == [])
        #expect(
            job(sync("a", lines + "schedule: {cron: '0 9 * * 1', window: Sat 08:00-18:00}")).codes() == [
                "schedule-not-met"
            ])
        #expect(job(sync("a", lines + "schedule: every 2d")).codes() == [])
        #expect(job(sync("a", lines + "schedule: every 1m\nfull_read: every 1h")).codes() == [])
        #expect(job(sync("a", lines + "schedule: '*/10 * * * *'\nfull_read: every 5m")).codes() == ["schedule-not-met"])
    }

    @Test("names that hide nothing")
    func names() {
        let lines =
            "left: {collection: a, filter: \"tags.exists(t, t == 'vip') && tags.exists(t, t == 'new')\"}\nright: c\n"
        #expect(job(sync("a", lines)).codes() == [])
        let fields = "{minutes <-> hours: {to_right: value / 60.0, to_left: value * 60.0}}"
        #expect(job(sync("a", "left: a\nright: c", fields: fields)).codes() == [])
    }

    @Test("a comment allows one code on one line, and no error")
    func allowances() {
        func codes(_ comment: String, _ filter: String = "'true'") -> [String] {
            Folder(
                job: """
                    job: crm
                    left: desk
                    right: files
                    syncs:
                      a:
                        left: {collection: a, filter: \(filter)} \(comment)
                        right: c
                        fields: [name <-> name]
                    """
            ).codes()
        }
        #expect(codes("") == ["filter-always"])
        #expect(codes("# lockstep: allow filter-always because all are wanted") == [])
        #expect(
            codes("# lockstep: allow filter-never because all are wanted") == ["filter-always", "unused-allowance"])
        #expect(codes("# lockstep: allow filter-always") == ["filter-always", "bad-allowance"])
        #expect(codes("# lockstep: allow filter-always because") == ["filter-always", "bad-allowance"])
        #expect(codes("# see lockstep: allow filter-always because all are wanted") == ["filter-always"])
        let broken = codes("# lockstep: allow filter-not-bool because nobody minds", "'1 + 1'")
        #expect(broken == ["filter-not-bool"])
    }
}
