import Glibc
import Testing
import Values

@Suite("JSON on a small stack")
struct JSONDepthTests {
    /// What a thread is given to do, and what it made of it.
    private final class Work {
        var text = ""
        var isSame = false
    }

    // Frames of a debug build are several times as large as those that ship.
    #if DEBUG
        private static let stackSize = 3 << 20
    #else
        private static let stackSize = 512 << 10
    #endif

    @Test(
        "the deepest text is checked, read, compared, written and freed within a small stack",
        arguments: ["[", "{\"a\":"])
    func deepest(open: String) {
        let work = Work()
        work.text =
            String(repeating: open, count: 512) + "null" + String(repeating: open == "[" ? "]" : "}", count: 512)
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setstacksize(&attributes, Self.stackSize)
        defer { pthread_attr_destroy(&attributes) }
        var thread = pthread_t()
        let made = pthread_create(
            &thread, &attributes,
            { argument in
                guard let argument else { return nil }
                let work = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue()
                let bytes = Array(work.text.utf8)
                let isChecked = bytes.withUnsafeBytes { bytes in
                    var reader = JSONReader(bytes)
                    return (try? reader.skipValue())?.count == bytes.count
                }
                if isChecked, let first = try? JSON.parse(bytes), let second = try? JSON.parse(bytes) {
                    work.isSame = first == second && first.means(second) && JSON.text(first) == work.text
                }
                return nil
            }, Unmanaged.passUnretained(work).toOpaque())
        #expect(made == 0)
        pthread_join(thread, nil)
        #expect(work.isSame)
    }
}
