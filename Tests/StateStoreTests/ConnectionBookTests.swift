import FileIO
import Glibc
import StateStore
import Synchronization
import TestKit
import Testing
import Values

/// Several runs write down at the same time how their connections stand.
struct ConnectionBookTests {
    private let since = Timestamp(seconds: 1_795_255_200) ?? .earliest

    @Test("what many writers at once say of their connections is all there afterwards")
    func manyWriters() async throws {
        let scratch = try ScratchFolder()
        let (writers, each) = (8, 25)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                let folder = StateFolder(scratch.path + "/state", disk: Disk())
                group.addTask {
                    for number in 0..<each {
                        let health = ConnectionHealth(.broken, since: since, problem: "\(number)")
                        try folder.save(health, of: "c\(writer)-\(number)")
                    }
                }
            }
            try await group.waitForAll()
        }
        let book = try StateFolder(scratch.path + "/state", disk: Disk()).connections()
        #expect(book.entries.count == writers * each)
        for writer in 0..<writers {
            for number in 0..<each { #expect(book.entries["c\(writer)-\(number)"]?.problem == "\(number)") }
        }
    }

    @Test("one who is about to write waits for another who has begun, and keeps what that one wrote")
    func interleaved() async throws {
        let scratch = try ScratchFolder()
        let second = Mutex<Task<Void, any Error>?>(nil)
        let (path, since) = (scratch.path, since)
        // When the first is about to put its file in place, the second comes, and has time to do all that it can.
        let disk = Disk { operation throws(FileFailure) in
            guard operation.kind == .rename, second.withLock({ $0 == nil }) else { return }
            let writer = Task.detached {
                try StateFolder(path, disk: Disk()).save(ConnectionHealth(.busy, since: since), of: "other")
            }
            second.withLock { $0 = writer }
            usleep(200_000)
        }
        try StateFolder(path, disk: disk).save(ConnectionHealth(.broken, since: since), of: "own")
        try await #require(second.withLock { $0 }).value
        let book = try StateFolder(path, disk: Disk()).connections()
        #expect(book.entries.keys.sorted() == ["other", "own"])
    }
}
