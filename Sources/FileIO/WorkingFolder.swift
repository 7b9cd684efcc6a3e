internal import Glibc

/// A path as it is told where nothing was found at it. A relative one says what it is relative to, which a job that is started by
/// cron or a service shows to nobody: `/srv/data/a.csv ('data/a.csv' in the working directory /srv)`.
package func located(_ path: String) -> String {
    guard !path.hasPrefix("/"), let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    let working = String(cString: folder)
    let whole = FileIO.path(path.hasPrefix("./") ? String(path.dropFirst(2)) : path, in: working)
    return "\(whole) ('\(path)' in the working directory \(working))"
}
