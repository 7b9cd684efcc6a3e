import Foundation

/// Compressed bodies, made by Python's zlib.
enum Compression {
    /// `deflate` is zlib's format, as RFC 9110, section 8.4.1.2 has it.
    static func compress(_ text: String, _ encoding: String) throws -> [UInt8] {
        let module = encoding == "gzip" ? "gzip" : "zlib"
        return try python(
            "import sys, \(module); sys.stdout.buffer.write(\(module).compress(sys.stdin.buffer.read()))",
            Data(text.utf8))
    }

    /// A gzip of so many zeros: one block of a megabyte, said again and again. Its checksum is left out.
    static func compressedZeros(megabytes: Int) throws -> [UInt8] {
        try python(
            """
            import sys, zlib
            c = zlib.compressobj(9, zlib.DEFLATED, 31)
            head, block = [c.compress(bytes(1 << 20)) + c.flush(zlib.Z_FULL_FLUSH) for _ in range(2)]
            sys.stdout.buffer.write(head + block * \(megabytes - 1))
            """, Data())
    }

    private static func python(_ program: String, _ input: Data) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-c", program]
        let (standardInput, output) = (Pipe(), Pipe())
        process.standardInput = standardInput
        process.standardOutput = output
        try process.run()
        try standardInput.fileHandleForWriting.write(contentsOf: input)
        try standardInput.fileHandleForWriting.close()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(bytes)
    }
}
