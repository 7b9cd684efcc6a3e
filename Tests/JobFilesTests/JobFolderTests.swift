import Diagnostics
import JobFiles
import Model
import Testing
import Values

struct JobFolderTests {
    private func job(_ name: String, _ field: String = "x <-> x", after: String = "") -> String {
        """
        job: \(name)
        left: desk
        right: files
        syncs:
          a:
            left: left-\(name)
            right: right-\(name)
            \(after.isEmpty ? "" : "after: \(after)")
            fields: [\(field)]
        """
    }

    @Test(
        "what a file is follows from its name",
        arguments: [
            ("helpdesk.yaml", JobFileKind.job("helpdesk")), ("jobs/helpdesk.yaml", .job("helpdesk")),
            ("jobs/helpdesk.test.yaml", .tests(of: "helpdesk")), ("a/b/connections.yaml", .connections),
        ])
    func kinds(path: String, kind: JobFileKind) {
        #expect(JobFileKind(path) == kind)
        #expect(JobFileKind(path + "l") == nil)
    }

    @Test("a mistake in one job takes no other along, and all are told in the order of the files")
    func apart() {
        let folder = Folder([
            "b.yaml": job("b", "x <> x"), "a.yaml": job("a", "x => x"), "c.yaml": job("c"), "d.yaml": "left: [",
        ])
        let checked = folder.check()
        #expect(checked.jobs.map(\.name) == ["c"])
        #expect(checked.hasErrors)
        #expect(checked.diagnostics.compactMap { $0.place?.file } == ["jobs/a.yaml", "jobs/b.yaml", "jobs/d.yaml"])
    }

    @Test("of a file that cannot be read nothing more is said")
    func unreadable() {
        let folder = Folder(["a.yaml": "syncs: [", "b.yaml": job("b", after: "a/anything")])
        #expect(folder.codes() == ["not-closed"])
        let connections = Folder(["connections.yaml": "connections: [", "b.yaml": job("b")])
        #expect(connections.codes() == ["not-closed"])
    }

    @Test("a circle may run through several jobs")
    func circle() {
        let folder = Folder(["a.yaml": job("a", after: "b/a"), "b.yaml": job("b", after: "a/a")])
        let diagnostics = folder.check().diagnostics
        #expect(diagnostics.map(\.message) == ["syncs wait for each other: a/a -> b/a -> a/a"])
        #expect(diagnostics.first?.notes.map(\.message) == ["'b/a' waits for 'a/a' here"])
    }

    @Test("two circles that share a sync are both told")
    func twoCircles() {
        let folder = Folder([
            "a.yaml": job("a", after: "[b/a, c/a]"), "b.yaml": job("b", after: "a/a"), "c.yaml": job("c", after: "a/a"),
        ])
        #expect(folder.codes() == ["waits-for-itself", "waits-for-itself"])
    }

    @Test("a long circle is told by its first steps")
    func longCircle() {
        let syncs = (0..<30).map { at in
            "  s\(at): {left: a\(at), right: b\(at), after: s\((at + 1) % 30), fields: [x <-> x]}\n"
        }
        let text = "job: crm\nleft: desk\nright: files\nsyncs:\n" + syncs.joined()
        let diagnostics = Folder(job: text).check().diagnostics
        #expect(diagnostics.count == 1)
        #expect(diagnostics.first?.message.hasSuffix("crm/s8 -> crm/s9 -> … -> crm/s0") == true)
        #expect(diagnostics.first?.notes.count == 10)
    }

    @Test("a chain of syncs is no circle, however often it meets itself")
    func diamond() {
        let folder = Folder([
            "a.yaml": job("a"), "b.yaml": job("b", after: "a/a"), "c.yaml": job("c", after: "a/a"),
            "d.yaml": job("d", after: "[b/a, c/a, a/a]"),
        ])
        #expect(folder.codes() == [])
    }

    @Test("a job that is not enabled is checked all the same")
    func notEnabled() throws {
        let job = try Folder(job: "enabled: false\n" + job("crm")).job()
        #expect(!job.isEnabled)
        #expect(Folder(job: "enabled: false\n" + self.job("crm", "x")).codes() == ["bad-arrow"])
    }

    @Test("right tests are accepted in every form")
    func tests() {
        let text = """
            job: crm
            tests:
              - name: a record
                sync: a
                links: {a: {12: C-7}}
                left: {id: 1, tags: [a, b], owner: {name: Ada}}
                expect:
                  right: {title: VPN down}
              - {name: parts, sync: a, links: {a: [{left: [EU, 7], right: C-7}]}, left: {id: 2}, expect: out of scope}
              - {name: out, sync: a, left: {id: 2}, expect: out of scope}
              - {name: same, sync: a, right: {id: 2}, expect: no change}
              - name: both
                sync: a
                base: {left: {a: 1}, right: {a: 1}}
                left: {a: 2}
                right: {a: 3}
                expect: {conflict: [a]}
              - {name: held, sync: a, left: {id: 2}, expect: {held: no link}}
            """
        let folder = Folder(["crm.yaml": job("crm"), "crm.test.yaml": text])
        let checked = folder.check()
        #expect(folder.page(checked.diagnostics) == "")
        let links = checked.tests.prefix(2).map { $0.links[SyncName(job: "crm", sync: "a")] ?? [] }
        #expect(links.map { $0.map(\.left) } == [[.int(12)], [.list([.text("EU"), .int(7)])]])
        #expect(links.map { $0.map(\.right) } == [[.text("C-7")], [.text("C-7")]])
    }

    @Test("an alias repeats what it stands for, and its mistakes are told once")
    func alias() {
        let text = """
            job: crm
            left: desk
            right: files
            syncs:
              a:
                left: a
                right: b
                fields: &fields
                  - name -> upper(
              c:
                left: c
                right: d
                fields: *fields
            """
        #expect(Folder(job: text).check().diagnostics.map { $0.place?.start.line } == [9])
    }
}
