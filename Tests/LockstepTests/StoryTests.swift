import FileIO
import Glibc
import Testing

@testable import lockstep

/// Each file of `Stories/` is a transcript, and is played: files, commands, and exactly what they say.
///
/// `REWRITE_EXPECTED=1 swift test --filter StoryTests` writes what was said into the files. Read what changed before it
/// is committed.
struct StoryTests {
    private static let folder = FileIO.folder(of: #filePath) + "/Stories"

    static let names = ((try? Disk().list(folder)) ?? []).filter { $0.hasSuffix(".txt") }

    @Test("there are stories to play")
    func thereAreEnough() {
        #expect(Self.names.count >= 20)
    }

    @Test("a story goes as it is told", arguments: names)
    func story(name: String) async throws {
        let path = Self.folder + "/" + name
        let told = String(decoding: try Disk().read(path), as: UTF8.self)
        let went = try await Story(told).play()
        if getenv("REWRITE_EXPECTED") != nil { try Disk().replace(path, with: Array(went.utf8), mode: 0o644) }
        #expect(went == told)
    }
}
