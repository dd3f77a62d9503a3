using System.CommandLine;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Bookings;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue bookings import</c>: a list of bookings for a branch without a cloud.</summary>
internal static class BookingsCommand
{
    private static readonly Argument<FileInfo> List = new Argument<FileInfo>("LIST")
    {
        Description = $"The bookings, comma-separated, with the header {BookingFile.Header}. Slots are local times as 2026-03-02T09:30.",
    }.ThatExists();

    private static readonly Option<string> Branch = new("--branch") { Description = "The branch's configuration.", Required = true };

    private static readonly Option<FileInfo?> Key = new Option<FileInfo?>("--key")
    {
        Description = $"The branch's {PhoneHash.KeyFileName} ('edgequeue certificates' makes it); needed when there are phone numbers.",
    }.ThatExists();

    private static readonly Option<FileInfo> Out = new("--out")
    {
        Description = "The file that the hub reads (edgequeue-hub run --bookings FILE). When it is there, its version rises by one.", Required = true,
    };

    public static Command Create()
    {
        var import = new Command(
            "import",
            "Makes the file of bookings that the hub reads: the whole set, so what is not in the list any more is withdrawn. "
            + "Phone numbers become keyed hashes on the way; they are in no file that this writes.")
        {
            List, Branch, Key, Out,
        };
        import.SetAction(parsed => Run(
            parsed.GetRequiredValue(List), parsed.GetRequiredValue(Branch), parsed.GetValue(Key), parsed.GetRequiredValue(Out),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return new Command("bookings", "Bookings of a branch without a cloud.") { import };
    }

    private static int Run(FileInfo list, string branchFile, FileInfo? keyFile, FileInfo target, TextWriter output, TextWriter errors)
    {
        if (BranchFile.Load(branchFile, errors) is not { } branch)
        {
            return 1;
        }

        try
        {
            byte[]? key = null;
            if (keyFile is not null && !PhoneHash.TryReadKey(File.ReadAllText(keyFile.FullName), out key))
            {
                errors.WriteLine($"edgequeue bookings: {keyFile}: this is no key; it has {PhoneHash.KeyLength * 2} hexadecimal digits.");
                return 1;
            }

            using var text = new StreamReader(list.FullName);
            var (bookings, faults) = BookingFile.Read(text, branch, key);
            foreach (var fault in faults)
            {
                errors.WriteLine($"edgequeue bookings: {list}: {fault}");
            }

            if (faults.Count > 0)
            {
                return 1;
            }

            var version = 1 + Held(target);
            Write(target, ContractJson.Write(new BookingsMessage(1, version, null, bookings)));
            output.WriteLine($"{target}: version {version}, {bookings.Count} bookings.");
            return 0;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"edgequeue bookings: {broken.Message}");
            return 1;
        }
    }

    private static long Held(FileInfo target) =>
        !target.Exists ? 0
        : ContractJson.TryRead<BookingsMessage>(File.ReadAllBytes(target.FullName), out var before, out _) ? before.Version
        : throw new IOException($"{target}: this is not a file of bookings; it is not overwritten. Take it away first.");

    /// <summary>In one step: the hub looks at any moment.</summary>
    private static void Write(FileInfo target, byte[] content)
    {
        var beside = target.FullName + ".new";
        File.WriteAllBytes(beside, content);
        File.Move(beside, target.FullName, overwrite: true);
    }
}
