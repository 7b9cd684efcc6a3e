import FileIO
import Glibc
import TestKit
import Testing

@testable import lockstep

/// The real program, where the system itself refuses to write.
@Suite(.serialized)
struct FullFileSystemTests {
    private let killed = KilledTests()
    private let program: Lockstep

    init() throws { program = try Lockstep() }

    /// What an undisturbed run leaves of an edited story.
    private func end(of template: Story) throws -> [String] {
        let undisturbed = try killed.copy(template)
        guard try program.run(killed.arguments(undisturbed)) == 0 else { throw Breach("the run failed") }
        return try killed.data(undisturbed)
    }

    private func leftovers(_ folder: String) throws -> [String] {
        try ["left", "right"].flatMap { try Disk().list(folder + "/" + $0) }
            .filter { !$0.hasSuffix(".csv") && !$0.hasSuffix(".jsonl") }
    }

    @Test("a limit on the size of files ends a run with 74 and a word, and the next without it goes on")
    func sizeLimit() throws {
        let template = try killed.edited(program)
        let end = try end(of: template)
        var failed = 0
        // In blocks of 512 bytes, up to where all files find room.
        for blocks in Array(0..<12) + Array(stride(from: 12, through: 600, by: 28)) {
            let story = try killed.copy(template)
            let answer = try program.ask(killed.arguments(story), after: "ulimit -f \(blocks);")
            if answer.end != .exited(0) {
                failed += 1
                #expect(answer.end == .exited(74), "\(blocks): \(answer.text)")
                #expect(answer.text.hasSuffix(": file too large\n"), "\(blocks): \(answer.text)")
                #expect(answer.text.split(separator: "\n").count == 1, "\(blocks): \(answer.text)")
            }
            #expect(try leftovers(story.path) == [], "\(blocks)")
            #expect(try program.run(killed.arguments(story)) == 0, "\(blocks)")
            #expect(try killed.data(story) == end, "\(blocks)")
        }
        #expect((12..<34).contains(failed), "\(failed)")
    }

    /// A file system in memory of a size, in a folder of a story.
    private final class SmallDisk {
        let path: String

        init(_ path: String, size: String) throws {
            self.path = path
            try Disk().makeFolder(path)
            try Self.shell("mount -t tmpfs -o size=\(size),mode=700 tmpfs '\(path)'")
        }

        deinit { try? Self.shell("umount -l '\(path)'") }

        func remount(_ mode: String) throws { try Self.shell("mount -o remount,\(mode) '\(path)'") }

        /// Leaves so many pages of it free.
        func fill(leaving pages: Int) throws {
            let filler = open(path + "/filler", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
            guard filler >= 0 else { throw Breach("no filler: \(errno)") }
            defer { close(filler) }
            let page = [UInt8](repeating: 0, count: 4096)
            var size = 0
            while case let count = write(filler, page, page.count), count > 0 { size += count }
            guard ftruncate(filler, off_t(max(0, size - pages * 4096))) == 0 else { throw Breach("no room: \(errno)") }
        }

        static func shell(_ command: String) throws {
            let end = try Lockstep.spawn(["/bin/sh", "-c", command], output: nil).wait()
            guard end == .exited(0) else { throw Breach("'\(command)' failed: \(end)") }
        }

        /// Whether this process may mount one at all.
        static let isAllowed: Bool = {
            guard let scratch = try? ScratchFolder() else { return false }
            return (try? SmallDisk(scratch.path + "/disk", size: "64k")) != nil
        }()
    }

    /// An edited story of which data and state lie on a small disk.
    private func onSmallDisk(_ template: Story) throws -> (disk: SmallDisk, story: Story) {
        let story = try Story(empty: [])
        let disk = try SmallDisk(story.path + "/disk", size: "4m")
        try story.write("jobs/crm.yaml", try template.text("jobs/crm.yaml"))
        try story.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: jsonl, path: \(disk.path)/left}
              shop: {type: csv, path: \(disk.path)/right}

            """)
        try SmallDisk.shell(
            "cp -a '\(template.path)/left' '\(template.path)/right' '\(template.path)/state' '\(disk.path)/'")
        return (disk, story)
    }

    private func arguments(_ story: Story, _ disk: SmallDisk) -> [String] {
        ["run", "--jobs", story.path + "/jobs", "--state", disk.path + "/state"]
    }

    private func data(_ disk: SmallDisk) throws -> [String] {
        try ["left/things.jsonl", "right/things.csv"].map {
            String(decoding: try Disk().read(disk.path + "/" + $0), as: UTF8.self)
        }
    }

    @Test(
        "on a disk without room a run ends with 74 and a word, and the next with room goes on",
        .enabled(if: SmallDisk.isAllowed, "this process may not mount a small disk"))
    func fullDisk() throws {
        let template = try killed.edited(program)
        let end = try end(of: template)
        let (disk, story) = try onSmallDisk(template)
        // One page more at a time, on the same disk: what one run leaves is where the next begins.
        var failed = 0
        while true {
            try disk.fill(leaving: failed)
            let answer = try program.ask(arguments(story, disk))
            #expect(try leftovers(disk.path) == [], "\(failed) pages free")
            if answer.end == .exited(0) { break }
            #expect(answer.end == .exited(74), "\(failed) pages free: \(answer.text)")
            #expect(answer.text.hasSuffix(": no space left on device\n"), "\(failed) pages free: \(answer.text)")
            failed += 1
            try #require(failed < 500)
        }
        #expect(failed > 20)
        #expect(try data(disk) == end)
        #expect(try program.ask(arguments(story, disk) + ["-v"]).text == "crm/things: in step, nothing changed\n")
        // And from each of these on with room at once. Whether both sides need their room at the same time is a matter of the moment:
        // with nearly enough of it a run may come to its end.
        var refused = 0
        for pages in stride(from: 0, to: failed, by: max(1, failed / 12)) {
            let (disk, story) = try onSmallDisk(template)
            try disk.fill(leaving: pages)
            let answer = try program.ask(arguments(story, disk))
            #expect([.exited(74), .exited(0)].contains(answer.end), "\(pages) pages free: \(answer.text)")
            if answer.end == .exited(74) { refused += 1 }
            try disk.fill(leaving: 900)
            #expect(try program.run(arguments(story, disk)) == 0, "\(pages) pages free")
            #expect(try data(disk) == end, "\(pages) pages free")
        }
        #expect(refused > 5)
    }

    @Test(
        "where nothing may be written a run ends with 74 and a word, and the next goes on",
        .enabled(if: SmallDisk.isAllowed, "this process may not mount a small disk"))
    func readOnly() throws {
        let template = try killed.edited(program)
        let end = try end(of: template)
        let (disk, story) = try onSmallDisk(template)
        let before = try data(disk)
        try disk.remount("ro")
        let answer = try program.ask(arguments(story, disk))
        #expect(answer.end == .exited(74))
        #expect(answer.text.hasSuffix(": read-only file system\n"), "\(answer.text)")
        // The state alone may be written.
        let state = story.path + "/state"
        try SmallDisk.shell("cp -a '\(disk.path)/state' '\(state)'")
        let split = ["run", "--jobs", story.path + "/jobs", "--state", state]
        let other = try program.ask(split)
        #expect(other.end == .exited(74))
        #expect(other.text.hasSuffix(": read-only file system\n"), "\(other.text)")
        #expect(try data(disk) == before)
        // What can be looked at can be planned.
        #expect(try program.run(["plan"] + split.dropFirst()) == 0)
        try disk.remount("rw")
        #expect(try program.run(split) == 0)
        #expect(try data(disk) == end)
    }
}
