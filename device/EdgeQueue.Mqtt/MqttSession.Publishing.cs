using EdgeQueue.Mqtt.Native;

namespace EdgeQueue.Mqtt;

/// <content>From the publishers' queue to the library.</content>
internal sealed partial class MqttSession
{
    /// <summary>Gives what publishers have queued to the library, which writes it to the socket at once.</summary>
    private void HandOver()
    {
        foreach (Publication publication in queue.Take())
        {
            HandOver(publication);
        }
    }

    /// <summary>
    /// On a publisher's thread, while the network thread waits for the socket: one thread less to wake before the packet leaves.
    /// What the network thread must know then (the socket took a part only, the connection is to end) it is woken for.
    /// </summary>
    /// <returns>False: not now, the network thread shall do it.</returns>
    private bool HandOverAtOnce()
    {
        // From inside one of the library's callbacks it would not write anyway.
        if (_turn.IsHeldByCurrentThread || !_turn.TryEnter())
        {
            return false;
        }

        try
        {
            if (_end is not null || _closed || queue.TakeOnly() is not { } publication)
            {
                return false;
            }

            HandOver(publication);
            if (_end is not null || LibMosquitto.WantWrite(_client) != 0)
            {
                Linux.Signal(wake);
            }

            return true;
        }
        finally
        {
            _turn.Exit();
        }
    }

    private void HandOver(Publication publication)
    {
        if (_end is not null || _saidGoodbye)
        {
            queue.End(publication, PublishOutcome.NotConnected);
            return;
        }

        int result = Publish(publication.What, out int id);
        switch (result)
        {
            case ReturnCode.Success when publication.What.QoS == 0:
                queue.End(publication, PublishOutcome.Accepted);
                break;
            case ReturnCode.Success when _sent.TryAdd(id, publication):
                break;
            case ReturnCode.Success:
                queue.End(publication, PublishOutcome.ConnectionLost);
                _end = "more than 65,535 messages are waiting for their acknowledgement";
                break;
            case ReturnCode.PayloadSize or ReturnCode.OversizePacket:
                queue.End(publication, PublishOutcome.Refused);
                break;
            default:
                // It may have left in part. The library keeps it and would send it again: the client goes.
                queue.End(publication, PublishOutcome.ConnectionLost);
                Check(result);
                break;
        }
    }

    private unsafe int Publish(MqttPublication what, out int id)
    {
        nint properties = 0;
        try
        {
            if (what.Expiry is { } expiry)
            {
                _ = LibMosquitto.PropertyAddInt32(&properties, Property.MessageExpiryInterval, (uint)expiry.TotalSeconds);
            }

            fixed (byte* payload = what.Payload.Span)
            fixed (int* returned = &id)
            {
                return LibMosquitto.Publish(
                    _client, returned, what.Topic, what.Payload.Length, payload, what.QoS, what.Retain ? (byte)1 : (byte)0, properties);
            }
        }
        finally
        {
            LibMosquitto.PropertyFreeAll(&properties);
        }
    }
}
