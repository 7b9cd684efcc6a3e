import FileIO
import Glibc
import TestKit
import Testing

@testable import lockstep

/// What people read, at two widths, with and without colours, over records whose titles are wide or hostile: each file of
/// `Screens/` is what one command says.
///
/// `REWRITE_EXPECTED=1 swift test --filter ScreenTests` writes what was said into the files. Read what changed before it
/// is committed. The control character before our own colours is written `\e`.
struct ScreenTests {
    private static let folder = FileIO.folder(of: #filePath) + "/Screens"

    @Test("a screen is as its file shows it", arguments: ScreenSetUp.screens)
    func screen(_ screen: ScreenSetUp.Asked) async throws {
        let setUp = try await ScreenSetUp()
        for columns in [80, 120] {
            let plain = await setUp.show(screen, columns, isColoured: false)
            let coloured = await setUp.show(screen, columns, isColoured: true)
            try check(plain, "\(screen.name)-\(columns).txt")
            try check(coloured, "\(screen.name)-\(columns)-colour.txt")
            #expect(!plain.contains("\u{1B}"))
            #expect(coloured.contains("\u{1B}["))
            #expect(coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "") == plain, "colours alone tell something")
            let unsafe = plain.unicodeScalars.filter(Self.isUnsafe)
            #expect(unsafe.isEmpty, "\(unsafe.map { String($0.value, radix: 16) })")
            for line in plain.split(separator: "\n") { #expect(Self.columns(line) <= columns, "\(line)") }
        }
    }

    private func check(_ text: String, _ file: String) throws {
        let path = Self.folder + "/" + file
        let shown = text.replacing("\u{1B}", with: "\\e")
        if getenv("REWRITE_EXPECTED") != nil { try Disk().replace(path, with: Array(shown.utf8), mode: 0o644) }
        let expected = try Disk().readIfPresent(path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        #expect(shown == expected, "\(file)")
    }

    @Test("what goes into a pipe is broken nowhere, but for whoever says how wide")
    func piped() async throws {
        let setUp = try await ScreenSetUp()
        let free = await setUp.pipe(["items", "helpdesk/tickets"])
        #expect(free.split(separator: "\n").contains { $0.count > 120 })
        setUp.world.set("COLUMNS", "60")
        let asked = await setUp.pipe(["items", "helpdesk/tickets"])
        #expect(asked.split(separator: "\n").allSatisfy { $0.count <= 60 })
        #expect(
            asked.filter { !$0.isWhitespace } == free.filter { !$0.isWhitespace },
            "another text, but for where it is broken")
        setUp.world.set("COLUMNS", "wide")
        #expect(await setUp.pipe(["items", "helpdesk/tickets"]) == free)
    }

    @Test("each file is of a screen")
    func files() throws {
        let names = ScreenSetUp.screens.flatMap { screen in
            ["80", "80-colour", "120", "120-colour"].map { "\(screen.name)-\($0).txt" }
        }
        #expect(Set(try Disk().list(Self.folder)) == Set(names))
    }

    /// Controls, and what is not seen but turns or hides what is; the line feed and the joiner of pictures are looked at
    /// apart.
    private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0A, 0x200D: false
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF: true
        default: false
        }
    }

    /// A measure of its own, for the characters of these screens.
    private static func columns(_ line: Substring) -> Int {
        var columns = 0
        var isJoined = false
        for scalar in line.unicodeScalars {
            switch scalar.value {
            case 0x200D: isJoined = true
            case 0x300...0x36F, 0x591...0x5C7, 0x64B...0x65F, 0xFE0F, 0x1F3FB...0x1F3FF: break
            case 0x1F1E6...0x1F1FF: columns += 1
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60,
                0x1F300...0x1FAFF:
                columns += isJoined ? 0 : 2
                isJoined = false
            default:
                columns += 1
                isJoined = false
            }
        }
        return columns
    }
}
