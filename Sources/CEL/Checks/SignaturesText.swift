// The extension libraries `strings` and `encoders` of cel-go.
extension SignatureTable {
    static let texts: [String: [Signature]] = [
        "charAt": [.method(.text, .int, to: .text)],
        "indexOf": [.method(.text, .text, to: .int), .method(.text, .text, .int, to: .int)],
        "lastIndexOf": [.method(.text, .text, to: .int), .method(.text, .text, .int, to: .int)],
        "substring": [.method(.text, .int, to: .text), .method(.text, .int, .int, to: .text)],
        "replace": [.method(.text, .text, .text, to: .text), .method(.text, .text, .text, .int, to: .text)],
        "split": [.method(.text, .text, to: .list(.text)), .method(.text, .text, .int, to: .list(.text))],
        "join": [.method(.list(.text), to: .text), .method(.list(.text), .text, to: .text)],
        "format": [.method(.text, .list(.dyn), to: .text)],
        "trim": [.method(.text, to: .text)],
        "lowerAscii": [.method(.text, to: .text)],
        "upperAscii": [.method(.text, to: .text)],
        "reverse": [.method(.text, to: .text)],
        "strings.quote": [.global(.text, to: .text)],
        "base64.encode": [.global(.bytes, to: .text)],
        "base64.decode": [.global(.text, to: .bytes)],
    ]
}
