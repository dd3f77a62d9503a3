using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.EndToEnd.Mqtt;

/// <summary>A port where a connection neither comes about nor is refused: the listener's queue is full and nobody accepts.</summary>
internal sealed class SilentPort : IDisposable
{
    private readonly List<Socket> _sockets = [];

    public SilentPort()
    {
        Socket listener = New();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        Port = address.Port;
        for (int filling = 0; filling < 4; filling++)
        {
            Socket socket = New();
            socket.Blocking = false;
            try
            {
                socket.Connect(address);
            }
            catch (SocketException wait) when (wait.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
            }
        }
    }

    public int Port { get; }

    public void Dispose() => _sockets.ForEach(socket => socket.Dispose());

    private Socket New()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _sockets.Add(socket);
        return socket;
    }
}
