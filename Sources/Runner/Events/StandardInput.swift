import Glibc

/// Reads what is sent to the process, to its end or so many bytes; nil where it cannot be read.
@Sendable
func readStandardInput(most: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < most {
        let count = read(STDIN_FILENO, &buffer, min(buffer.count, most - bytes.count))
        if count < 0, errno == EINTR { continue }
        if count < 0 { return nil }
        if count == 0 { break }
        bytes += buffer[..<count]
    }
    return bytes
}
