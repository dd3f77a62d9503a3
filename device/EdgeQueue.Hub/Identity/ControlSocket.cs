using System.Net.Sockets;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// How a technician on this machine speaks with the registrar: a Unix socket that only its owner can open, one line there, one back. The
/// right to it is the right to accept devices.
/// </summary>
/// <param name="group">The members of its group may open it, too; the group is its folder's when that has the set-group-id bit.</param>
internal sealed class ControlSocket(string path, bool group, RegistrarDesk desk, NodeDoctor doctor)
{
    /// <summary>The one verb that changes nothing and takes its time, so it does not wait its turn at the desk.</summary>
    public const string Doctor = "doctor";

    /// <summary>The findings of a node with all its units, told twice (for people and for the page).</summary>
    private const int LongestAnswer = 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A node is looked at for as long as it takes; everything else takes seconds.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(30), DoctorPatience = NodeDoctor.FirstWord + NodeDoctor.Looking + TimeSpan.FromSeconds(15);

    public async Task RunAsync(CancellationToken cancellation)
    {
        File.Delete(path);
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        File.SetUnixFileMode(path, group ? PrivateFile.Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite : PrivateFile.Owner);
        listener.Listen(4);
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync(cancellation);
                _ = ServeAsync(client, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            File.Delete(path);
        }
    }

    /// <summary>The other end, in the command line.</summary>
    /// <exception cref="IOException">Nobody answers there.</exception>
    public static async Task<DeskAnswer> AskAsync(string path, DeskRequest request, CancellationToken cancellation)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        }
        catch (SocketException nobody)
        {
            throw new IOException($"The registrar does not answer at {path} ({nobody.Message}). Is edgequeue-registrar running, and may you use its socket?");
        }

        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[.. IdentityJson.Write(request), (byte)'\n'], cancellation);
        return await new LineReader(stream, LongestAnswer).ReadAsync(request.Verb == Doctor ? DoctorPatience : AnswerPatience, cancellation) is { } line
            && IdentityJson.TryRead(line, out DeskAnswer? answer, out _)
            ? answer
            : throw new IOException("The registrar gave no answer. Its log says why; look with 'edgequeue nodes' what is so now.");
    }

    private async Task ServeAsync(Socket client, CancellationToken cancellation)
    {
        try
        {
            using (client)
            {
                await using var stream = new NetworkStream(client);
                DeskAnswer answer = await new LineReader(stream).ReadAsync(Patience, cancellation) is { } line
                    ? IdentityJson.TryRead(line, out DeskRequest? request, out string? fault)
                        ? await (request.Verb == Doctor ? doctor.DoAsync(request, cancellation) : desk.DoAsync(request, cancellation))
                        : new DeskAnswer(false, [fault])
                    : new DeskAnswer(false, ["Nothing was asked."]);
                await stream.WriteAsync((byte[])[.. IdentityJson.Write(answer), (byte)'\n'], cancellation);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // Who asked has gone; what was done stands and is in the log.
        }
    }
}
